using System.Text;
using Riad.Dns.MasterFiles;

namespace Riad.Dns.Tests.MasterFiles;

/// <summary>Files in memory.</summary>
internal sealed class FakeIncludes(params (string Path, string Text)[] files) : IIncludes
{
    public Dictionary<string, IncludeRefusal> Refused { get; } = [];

    public bool TryOpen(string path, out ReadOnlyMemory<byte> text, out IncludeRefusal refusal)
    {
        var file = files.FirstOrDefault(file => file.Path == path);
        refusal = Refused.GetValueOrDefault(path, file.Text is null ? IncludeRefusal.Missing : IncludeRefusal.None);
        text = Encoding.UTF8.GetBytes(file.Text ?? "");
        return refusal is IncludeRefusal.None;
    }
}
