using System.Diagnostics;
using System.Text;
using Riad.Dns.Records;
using Riad.Dns.Tests.Records;
using Xunit;

namespace Riad.Interop.Tests.Records;

/// <summary>Our text of every type is read by BIND's named-rrchecker into the same octets, and its text by us.</summary>
public sealed class RrCheckerTests
{
    private const int Mutations = 4;

    public static TheoryData<string> Types => [.. RrTypes.Known.Select(type => type.Mnemonic)];

    [Theory, MemberData(nameof(Types))]
    public async Task BIND_and_we_agree_on_text_and_octets(string mnemonic)
    {
        Assert.True(RrTypes.TryParse(mnemonic, out var type));
        foreach (var rdata in DataOf(type))
        {
            var text = new StringBuilder();
            RdataText.Print(type, rdata, text);
            var theirOctets = await AskAsync("-u", $"IN {mnemonic} {text}");
            Assert.True(Convert.ToHexString(rdata) == OctetsOf(theirOctets), $"we print {text} for {Convert.ToHexString(rdata)}; BIND says {theirOctets}");
            var theirText = await AskAsync("-p", $"IN {mnemonic} {text}");
            Assert.True(RecordText.TryParse(type, TextOf(theirText), null, out var read, out _) && rdata.AsSpan().SequenceEqual(read), $"BIND prints {theirText} for {text}");
        }
    }

    private static IEnumerable<byte[]> DataOf(RrType type)
    {
        var random = new Random(type.Code); // the same data in every run
        foreach (var row in RecordVectors.All.Where(row => (string)row[0] == type.Mnemonic))
            yield return Convert.FromHexString((string)row[2]);
        for (var i = 0; i < Mutations; i++)
        {
            var changes = new byte[8];
            random.NextBytes(changes);
            var rdata = RecordVectors.Mutate(type, changes, random.Next());
            if (RdataWire.TryValidate(type, rdata, out _))
                yield return rdata;
        }
    }

    private static async Task<string> AskAsync(string form, string record)
    {
        var start = new ProcessStartInfo("named-rrchecker", form) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("named-rrchecker does not start");
        var (answer, complaint) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteLineAsync(record);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return await answer + await complaint;
    }

    private static string OctetsOf(string answer)
    {
        var words = answer.Split((char[])['\t', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(words.SkipWhile(word => word != "\\#").Skip(2));
    }

    private static string TextOf(string answer) => answer.Split('\t', 3) is [_, _, var text] ? text.TrimEnd('\n') : answer;
}
