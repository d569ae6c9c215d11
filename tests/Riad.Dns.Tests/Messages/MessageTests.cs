using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Tests.Records;
using Xunit;

namespace Riad.Dns.Tests.Messages;

public sealed class MessageTests
{
    // The three names of RFC 1035 §4.1.4 share their ends as the RFC shows.
    [Fact]
    public void Names_are_compressed_as_the_RFC_shows()
    {
        var message = Answer(
            Record("F.ISI.ARPA.", RrTypes.A, new(0x0a000034)),
            Record("FOO.F.ISI.ARPA.", RrTypes.A, new(0x0a000034)),
            Record("ARPA.", RrTypes.A, new(0x0a000034)),
            Record(".", RrTypes.Ns, Name("F.ISI.ARPA.")));
        const string head = "0007 8000 0000 0004 0000 0000";
        const string fixedPart = "0001 0001 0000012c 0004 0a000034";
        const string names = "0146 03495349 0441525041 00" + fixedPart   // at 12: F, at 14: ISI, at 18: ARPA
            + "03464f4f c00c" + fixedPart
            + "c012" + fixedPart
            + "00 0002 0001 0000012c 0002 c00c";
        Assert.Equal((head + names).Replace(" ", "", StringComparison.Ordinal), Convert.ToHexStringLower(Write(message)));
    }

    [Theory, MemberData(nameof(RecordVectors.All), MemberType = typeof(RecordVectors))]
    public void Every_type_survives_a_message(string type, string text, string octets)
    {
        var record = new ResourceRecord(Name("www.example."), RecordText.Type(type).Code, RecordClass.Internet, new(300), new(Convert.FromHexString(octets)));
        var message = Answer(Record("example.", RrTypes.A, new(1)), record, record with { Owner = Name("mail.example.com.") });
        Assert.True(Message.TryRead(Write(message), out var read, out var error), $"{text}: {error}");
        Assert.Equal(message, read);
        Assert.EndsWith(text, read.Answers[1].ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Every_part_survives()
    {
        var message = new Message(
            0xbeef, HeaderBits.Response | HeaderBits.Authoritative, Opcode.Query, ResponseCode.BadCookie,
            [new(Name("example."), QueryTypes.Any, RecordClass.Chaos)],
            [Record("example.", RrTypes.Mx, new Mx(10, Name("mail.example.")))],
            [Record("example.", RrTypes.Soa, new Soa(Name("ns.example."), Name("root.example."), new(1), 2, 3, 4, 5))],
            [Record("mail.example.", RrTypes.Aaaa, new(0, 1)), new(DomainName.Root, QueryTypes.Tsig, RecordClass.Any, new(0), new([1, 2, 3]))],
            new(1, 4096, IsDnssecOk: true,
            [
                new EdnsOption.Nsid(new("ns1"u8)), new EdnsOption.Cookie(new("12345678"u8), new("123456781234567"u8)), new EdnsOption.Cookie(new("12345678"u8), default),
                new EdnsOption.ExtendedError(ExtendedErrorCode.NotReady, "zone is not loaded"), new EdnsOption.TcpKeepalive(100), new EdnsOption.TcpKeepalive(null),
                new EdnsOption.ClientSubnet(new([0, 1, 24, 0, 192, 0, 2])), new EdnsOption.Unknown(65001, new([9])), new EdnsOption.Padding(17),
            ]));
        Assert.True(Message.TryRead(Write(message), out var read, out var error), error.ToString());
        Assert.Equal(message, read);
        Assert.True(read.Answers[0].TryGet(RrTypes.Mx, out var mx));
        Assert.Equal(new Mx(10, Name("mail.example.")), mx);
        Assert.False(read.Answers[0].TryGet(RrTypes.A, out _));
    }

    [Fact]
    public void Update_with_empty_data_is_read()
    {
        var message = new Message(1, HeaderBits.None, Opcode.Update, ResponseCode.NoError, [new(Name("example."), RrTypes.Soa.Code, RecordClass.Internet)],
            [new(Name("a.example."), RrTypes.A.Code, RecordClass.Any, new(0), default)], [new(Name("a.example."), QueryTypes.Any, RecordClass.Any, new(0), default)], [], null);
        Assert.True(Message.TryRead(Write(message), out var read, out _));
        Assert.Equal(message, read);
    }

    private const string Question = "0001 0000 0001 0000 0000 0000  00 0001 0001";

    public static TheoryData<string, string, string> Faults => new()
    {
        // why                              octets                                                                      error
        { "empty",                          "",                                                                         "offset 0: Truncated" },
        { "eleven octets",                  "0001 0000 0000 0000 0000 00",                                              "offset 10: Truncated" },
        { "question missing",               "0001 0000 0001 0000 0000 0000",                                            "offset 12: Truncated" },
        { "octet behind the end",           Question + "00",                                                            "offset 17: TrailingOctets" },
        { "record missing",                 "0001 0000 0000 0001 0000 0000",                                            "offset 12: Truncated" },
        { "data cut off",                   "0001 0000 0000 0001 0000 0000  00 0001 0001 00000000 0004 7f0000",         "offset 23: Truncated" },
        { "A of three octets",              "0001 0000 0000 0001 0000 0000  00 0001 0001 00000000 0003 7f0000",         "offset 23: Truncated" },
        { "pointer to itself",              "0001 0000 0001 0000 0000 0000  c00c 0001 0001",                            "offset 14: Malformed" },
        { "pointer in the data ahead",      "0001 0000 0000 0001 0000 0000  00 0002 0001 00000000 0002 c0ff",           "offset 25: Malformed" },
        { "two OPT records",                "0001 0000 0000 0000 0000 0002  00 0029 04d0 00000000 0000 00 0029 04d0 00000000 0000", "offset 34: Malformed" },
        { "OPT with an owner",              "0001 0000 0000 0000 0000 0001  0161 00 0029 04d0 00000000 0000",           "offset 25: Malformed" },
        { "OPT in the answer section",      "0001 0000 0000 0001 0000 0000  00 0029 04d0 00000000 0000",                "offset 23: Malformed" },
        { "option past the end",            "0001 0000 0000 0000 0000 0001  00 0029 04d0 00000000 0005 000a000161 62",  "offset 23: Malformed" },
        { "cookie of seven octets",         "0001 0000 0000 0000 0000 0001  00 0029 04d0 00000000 000b 000a0007 00000000000000", "offset 23: Malformed" },
    };

    [Theory, MemberData(nameof(Faults))]
    public void Fault_is_named_with_its_offset(string why, string octets, string expected)
    {
        Assert.False(Message.TryRead(Convert.FromHexString(octets.Replace(" ", "", StringComparison.Ordinal)), out _, out var error), why);
        Assert.True(expected == error.ToString(), $"{why}: {error}");
    }

    [Fact]
    public void Reading_never_throws_and_what_it_reads_survives_writing() => Prop.ForAll<byte[], int>((changes, seed) =>
    {
        var octets = Write(Answer(
            Record("a.example.", RrTypes.Cname, Name("b.example.")), Record("b.example.", RrTypes.Mx, new Mx(1, Name("a.example."))),
            Record("b.example.", RrTypes.Svcb, new Svcb(1, Name("."), [new(ServiceKey.Port, new([0, 53]))]))));
        for (var i = 0; i + 1 < changes.Length; i += 2)
            octets[(changes[i] + (seed & 1) * 256) % octets.Length] = changes[i + 1];
        if (!Message.TryRead(octets, out var message, out var error))
            return error.Offset <= octets.Length;
        var buffer = new byte[Message.MaxLength];
        return message.TryWrite(buffer, out var length) && Message.TryRead(buffer.AsSpan(0, length), out var again, out _) && again == message;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Fact]
    public void Record_that_does_not_fit_leaves_nothing()
    {
        var owner = Name("example.").Wire;
        var writer = new MessageWriter(new byte[60]);
        Assert.True(writer.TryWriteQuestion(owner, 1, RecordClass.Internet));
        writer.SetAside(20);
        Assert.False(writer.TryWriteRecord(Section.Answer, owner, RrTypes.A, RecordClass.Internet, 300, [192, 0, 2, 1]));
        writer.SetAside(11);
        Assert.True(writer.TryWriteRecord(Section.Answer, owner, RrTypes.A, RecordClass.Internet, 300, [192, 0, 2, 1]));
        Assert.False(writer.TryWriteRecord(Section.Answer, owner, RrTypes.A, RecordClass.Internet, 300, [192, 0, 2, 2]));
        writer.SetAside(0);
        Assert.True(writer.TryWriteOpt(1232, 0, isDnssecOk: false, ResponseCode.NoError, []));
        Assert.Equal(12 + 13 + 16 + 11, writer.Finish(1, HeaderBits.Response, Opcode.Query, ResponseCode.NoError));
    }

    [Fact]
    public void Message_written_anew_after_a_cut_is_right()
    {
        var buffer = new byte[512];
        var writer = new MessageWriter(buffer);
        var mark = writer.Mark;
        Assert.True(writer.TryWriteRecord(Section.Answer, Name("one.example.").Wire, RrTypes.Ns, RecordClass.Internet, 300, Name("two.example.").Wire));
        writer.CutBack(mark);
        Assert.True(writer.TryWriteRecord(Section.Answer, Name("xyz.example.").Wire, RrTypes.Ns, RecordClass.Internet, 300, Name("one.example.").Wire));
        var length = writer.Finish(1, HeaderBits.Response, Opcode.Query, ResponseCode.NoError);
        Assert.True(Message.TryRead(buffer.AsSpan(0, length), out var read, out var error), error.ToString());
        Assert.Equal("xyz.example. 300 NS one.example.", read.Answers[0].ToString());
    }

    [Fact]
    public void Owner_takes_the_case_of_an_equal_name_and_data_keeps_its_own()
    {
        var message = Answer(Record("A.example.", RrTypes.Ns, Name("a.example.")), Record("a.EXAMPLE.", RrTypes.Ns, Name("A.example.")));
        Assert.True(Message.TryRead(Write(message), out var read, out _));
        Assert.Equal(message, read);
        Assert.Equal(["A.example. 300 NS a.example.", "A.example. 300 NS A.example."], read.Answers.Select(record => record.ToString()));
    }

    [Fact]
    public void Many_names_are_written_right_though_the_table_is_full()
    {
        var records = Enumerable.Range(0, 1000).Select(i => Record($"n{i}.x{i % 7}.example.", RrTypes.Ns, Name($"ns{i % 300}.x{i % 5}.example."))).ToArray();
        var message = Answer(records);
        Assert.True(Message.TryRead(Write(message), out var read, out _));
        Assert.Equal(message, read);
    }

    [Fact]
    public void Writing_and_reading_allocate_nothing()
    {
        var (owner, buffer, name) = (Name("www.example.").Wire.ToArray(), new byte[512], new byte[255]);
        var (mx, rdata) = (Convert.FromHexString("000a046d61696c076578616d706c6500"), new byte[512]);
        Assert.Equal(0, Allocated.EachTime(() =>
        {
            for (var i = 0; i < 1000; i++)
            {
                var writer = new MessageWriter(buffer);
                writer.TryWriteQuestion(owner, 15, RecordClass.Internet);
                writer.TryWriteRecord(Section.Answer, owner, RrTypes.Mx, RecordClass.Internet, 300, mx);
                var length = writer.Finish(1, HeaderBits.Response, Opcode.Query, ResponseCode.NoError);
                var reader = new MessageReader(buffer.AsSpan(0, length));
                while (reader.TryReadRecord(name, out var record))
                    reader.TryDecompress(record, RrTypes.Mx, rdata, out _);
            }
        }));
    }

    private static Message Answer(params ResourceRecord[] records) =>
        new(7, HeaderBits.Response, Opcode.Query, ResponseCode.NoError, [], records.ToSeq(), [], [], null);

    private static ResourceRecord Record<T>(string owner, RrType<T> type, T value)
        where T : IEquatable<T> => ResourceRecord.Create(Name(owner), type, new(300), value);

    private static ResourceRecord Record<T>(string owner, SingletonRrType<T> type, T value)
        where T : IEquatable<T> => ResourceRecord.Create(Name(owner), type, new(300), value);

    private static byte[] Write(Message message)
    {
        var buffer = new byte[Message.MaxLength];
        Assert.True(message.TryWrite(buffer, out var length));
        return buffer[..length];
    }

    private static DomainName Name(string text) => DomainName.TryParse(Encoding.ASCII.GetBytes(text), null, out var name, out _) ? name : throw new ArgumentException(text, nameof(text));
}
