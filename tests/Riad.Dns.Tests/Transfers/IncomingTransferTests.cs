using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Records;
using Riad.Dns.Tests.Zones;
using Riad.Dns.Transfers.Incoming;
using Riad.Dns.Zones;
using Xunit;
using static Riad.Dns.Tests.Transfers.TransferText;

namespace Riad.Dns.Tests.Transfers;

/// <summary>What a primary may send, and what it may not.</summary>
public sealed class IncomingTransferTests
{
    private const ushort Axfr = QueryTypes.Axfr;
    private const ushort Ixfr = QueryTypes.Ixfr;

    private static readonly Zone Present = Zone(5, "@ NS ns", "ns A 192.0.2.1", "www A 192.0.2.2", "www A 192.0.2.3");

    [Fact]
    public void A_whole_zone_may_come_in_one_message()
    {
        var transfer = Whole();

        Assert.Equal(TransferProgress.Finished, transfer.Take(Answer(Axfr, Soa(7), "@ NS ns", "ns A 192.0.2.1", Soa(7))));
        var whole = Assert.IsType<TransferResult.Whole>(transfer.Result);
        Assert.Equal(Lines(Zone(7, "@ NS ns", "ns A 192.0.2.1")), Lines(whole.Zone));
        Assert.Equal(0, whole.Ignored);
    }

    [Fact]
    public void A_whole_zone_may_come_in_messages_of_one_record()
    {
        var transfer = Whole();

        foreach (var line in (string[])[Soa(7), "@ NS ns", "ns A 192.0.2.1"])
            Assert.Equal(TransferProgress.More, transfer.Take(Answer(Axfr, line)));
        Assert.Equal(TransferProgress.Finished, transfer.Take(Answer(Axfr, Soa(7))));
        Assert.Equal(new Serial(7), Assert.IsType<TransferResult.Whole>(transfer.Result).Zone.Serial);
    }

    [Fact]
    public void Later_messages_may_leave_out_the_question()
    {
        var transfer = Whole();
        transfer.Take(Answer(Axfr, Soa(7), "@ NS ns"));

        Assert.Equal(TransferProgress.Finished, transfer.Take(Octets(Message(Axfr, Soa(7)) with { Questions = [] })));
    }

    [Fact]
    public void Records_outside_of_the_zone_are_left_out_and_counted()
    {
        var transfer = Whole();
        transfer.Take(Answer(Axfr, Soa(7), "@ NS ns", "evil.example.com. A 192.0.2.9", "org. NS ns.example.com.", Soa(7)));

        var whole = Assert.IsType<TransferResult.Whole>(transfer.Result);
        Assert.Equal(2, whole.Ignored);
        Assert.Equal(Lines(Zone(7, "@ NS ns")), Lines(whole.Zone));
    }

    [Fact]
    public void A_TTL_with_its_highest_bit_set_is_zero()
    {
        var transfer = Whole();
        transfer.Take(Octets(Message(Axfr, Soa(7), "www A 192.0.2.1", Soa(7)) with { Answers = [Record(Soa(7)), Record("www A 192.0.2.1") with { Ttl = new(0x8000_0001) }, Record(Soa(7))] }));

        Assert.Equal(0u, Assert.IsType<TransferResult.Whole>(transfer.Result).Zone.Find(ZoneText.Name("www", Apex), RrTypes.A)!.Ttl.Seconds);
    }

    [Fact]
    public void A_whole_zone_with_the_serial_that_we_have_ends_at_its_first_record()
    {
        var transfer = IncomingTransfer.OfWhole(Apex, Id, Present, new());

        Assert.Equal(TransferProgress.Finished, transfer.Take(Answer(Axfr, Soa(5), "@ NS elsewhere")));
        Assert.Equal(new TransferResult.Current(new(5)), transfer.Result);
    }

    public static TheoryData<string, string[][], string[]> Differences => new()
    {
        { "one difference in one message",
          [[Soa(6), Soa(5), "www A 192.0.2.2", Soa(6), "www A 192.0.2.4", Soa(6)]],
          ["@ NS ns", "ns A 192.0.2.1", "www A 192.0.2.3", "www A 192.0.2.4"] },
        { "cut into messages anywhere",
          [[Soa(6)], [Soa(5)], ["www A 192.0.2.2"], [Soa(6)], ["www A 192.0.2.4"], [Soa(6)]],
          ["@ NS ns", "ns A 192.0.2.1", "www A 192.0.2.3", "www A 192.0.2.4"] },
        { "two differences",
          [[Soa(9), Soa(5), "www A 192.0.2.2", Soa(6), "www A 192.0.2.4", Soa(6), "www A 192.0.2.4", Soa(9), "mail A 192.0.2.7", Soa(9)]],
          ["@ NS ns", "ns A 192.0.2.1", "www A 192.0.2.3", "mail A 192.0.2.7"] },
        { "nothing but a new serial",
          [[Soa(6), Soa(5), Soa(6), Soa(6)]],
          ["@ NS ns", "ns A 192.0.2.1", "www A 192.0.2.2", "www A 192.0.2.3"] },
        { "a record that goes and comes back",
          [[Soa(7), Soa(5), "ns A 192.0.2.1", Soa(6), Soa(6), Soa(7), "ns A 192.0.2.1", Soa(7)]],
          ["@ NS ns", "ns A 192.0.2.1", "www A 192.0.2.2", "www A 192.0.2.3"] },
        { "a name in another case",
          [[Soa(6), Soa(5), "WWW A 192.0.2.2", "@ NS NS", Soa(6), "@ NS ns2", Soa(6)]],
          ["@ NS ns2", "ns A 192.0.2.1", "www A 192.0.2.3"] },
        { "records outside of the zone are left out",
          [[Soa(6), Soa(5), "evil.example.com. A 192.0.2.1", Soa(6), "evil.example.com. A 192.0.2.1", Soa(6)]],
          ["@ NS ns", "ns A 192.0.2.1", "www A 192.0.2.2", "www A 192.0.2.3"] },
        { "the whole zone instead of differences",
          [[Soa(6), "@ NS ns"], ["www A 192.0.2.9", Soa(6)]],
          ["@ NS ns", "www A 192.0.2.9"] },
        { "the whole zone, and it holds nothing but its SOA",
          [[Soa(6), Soa(6)]],
          [] },
    };

    [Theory, MemberData(nameof(Differences))]
    public void Differences_make_the_next_version(string why, string[][] messages, string[] expected)
    {
        var transfer = IncomingTransfer.OfDifferences(Present, Id, new());
        foreach (var message in messages[..^1])
            Assert.True(transfer.Take(Answer(Ixfr, message)) is TransferProgress.More, why);

        Assert.True(transfer.Take(Answer(Ixfr, messages[^1])) is TransferProgress.Finished, $"{why}: {transfer.Error}");
        var zone = transfer.Result switch
        {
            TransferResult.Whole(var whole, _) => whole,
            TransferResult.Differences(var next, _, _) => next,
            _ => throw new InvalidOperationException(why),
        };
        Assert.Equal(Lines(Zone(zone.Serial.Value, expected)), Lines(zone));
    }

    [Fact]
    public void Differences_are_kept_to_be_sent_on()
    {
        var transfer = IncomingTransfer.OfDifferences(Present, Id, new());
        transfer.Take(Answer(Ixfr, Soa(9), Soa(5), "www A 192.0.2.2", Soa(6), "www A 192.0.2.4", Soa(6), Soa(9), "mail A 192.0.2.7", Soa(9)));

        var steps = Assert.IsType<TransferResult.Differences>(transfer.Result).Steps;
        Assert.Equal([(5u, 6u), (6u, 9u)], steps.Select(step => (step.From.Value, step.To.Value)));
        Assert.Equal(["www.example.org. 3600 A 192.0.2.2"], steps[0].Removed.Select(record => record.ToString()));
        Assert.Equal(["mail.example.org. 3600 A 192.0.2.7"], steps[1].Added.Select(record => record.ToString()));
    }

    [Fact]
    public void A_single_SOA_with_our_serial_says_that_nothing_is_new()
    {
        var transfer = IncomingTransfer.OfDifferences(Present, Id, new());

        Assert.Equal(TransferProgress.Finished, transfer.Take(Answer(Ixfr, Soa(5))));
        Assert.Equal(new TransferResult.Current(new(5)), transfer.Result);
    }

    public static TheoryData<string, bool, string[][], TransferFault> Refusals => new()
    {
        // why                                        differences?  messages                                            fault
        { "no SOA first",                              false, [["@ NS ns", Soa(7)]],                                     TransferFault.SoaMissing },
        { "another SOA in the middle",                 false, [[Soa(7), "@ NS ns", Soa(8), "www A 192.0.2.1", Soa(7)]],  TransferFault.SoaChanged },
        { "an SOA below the apex",                     false, [[Soa(7), "sub SOA ns admin 1 1 1 1 1", Soa(7)]],          TransferFault.SoaNotAtApex },
        { "an SOA outside of the zone",                false, [[Soa(7), "com. SOA ns admin 1 1 1 1 1", Soa(7)]],         TransferFault.SoaNotAtApex },
        { "the SOA of another zone first",             false, [["example.com. SOA ns admin 1 1 1 1 1"]],                 TransferFault.SoaNotAtApex },
        { "records after the end",                     false, [[Soa(7), "@ NS ns", Soa(7), "www A 192.0.2.1"]],          TransferFault.TrailingRecords },
        { "a third SOA",                               false, [[Soa(7), Soa(7), Soa(7)]],                                TransferFault.TrailingRecords },
        { "a message without records",                 false, [[Soa(7)], []],                                            TransferFault.Empty },
        { "an empty answer",                           false, [[]],                                                      TransferFault.Empty },
        { "a serial that went back",                   true,  [[Soa(4)]],                                                TransferFault.SerialWentBack },
        { "a whole zone that went back",               true,  [[Soa(4), "@ NS ns", Soa(4)]],                             TransferFault.SerialWentBack },
        { "half of the circle away",                   true,  [[Soa(0x8000_0005)]],                                      TransferFault.SerialWentBack },
        { "differences from another serial",           true,  [[Soa(7), Soa(6), Soa(7), Soa(7)]],                        TransferFault.WrongStart },
        { "differences with a hole",                   true,  [[Soa(9), Soa(5), Soa(6), Soa(8), Soa(9), Soa(9)]],        TransferFault.WrongStart },
        { "a difference that goes back",               true,  [[Soa(9), Soa(5), Soa(4), Soa(9)]],                        TransferFault.SerialWentBack },
        { "a difference that stays",                   true,  [[Soa(9), Soa(5), Soa(5), Soa(9)]],                        TransferFault.SerialWentBack },
        { "records after the differences",             true,  [[Soa(6), Soa(5), Soa(6), Soa(6), "www A 192.0.2.7"]],     TransferFault.TrailingRecords },
        { "removes a name that is not there",          true,  [[Soa(6), Soa(5), "gone A 192.0.2.2", Soa(6), Soa(6)]],    TransferFault.RemovesMissing },
        { "removes a type that is not there",          true,  [[Soa(6), Soa(5), "www TXT x", Soa(6), Soa(6)]],           TransferFault.RemovesMissing },
        { "removes data that are not there",           true,  [[Soa(6), Soa(5), "www A 192.0.2.9", Soa(6), Soa(6)]],     TransferFault.RemovesMissing },
        { "removes twice",                             true,  [[Soa(6), Soa(5), "www A 192.0.2.2", "www A 192.0.2.2", Soa(6), Soa(6)]], TransferFault.RemovesMissing },
        { "removes what it added and then again",      true,  [[Soa(8), Soa(5), Soa(6), "a A 192.0.2.2", Soa(6), "a A 192.0.2.2", "a A 192.0.2.2", Soa(8), Soa(8)]], TransferFault.RemovesMissing },
        { "adds what is there",                        true,  [[Soa(6), Soa(5), Soa(6), "www A 192.0.2.2", Soa(6)]],     TransferFault.AddsExisting },
        { "adds twice",                                true,  [[Soa(6), Soa(5), Soa(6), "a A 192.0.2.2", "a A 192.0.2.2", Soa(6)]], TransferFault.AddsExisting },
        { "an SOA below the apex among differences",   true,  [[Soa(6), Soa(5), "sub SOA ns admin 6 1 1 1 1", Soa(6)]],  TransferFault.SoaNotAtApex },
    };

    [Theory, MemberData(nameof(Refusals))]
    public void What_is_wrong_is_refused(string why, bool isIncremental, string[][] messages, TransferFault fault)
    {
        var transfer = isIncremental ? IncomingTransfer.OfDifferences(Present, Id, new()) : Whole();
        foreach (var message in messages[..^1])
            Assert.True(transfer.Take(Answer(isIncremental ? Ixfr : Axfr, message)) is TransferProgress.More, why);

        Assert.True(transfer.Take(Answer(isIncremental ? Ixfr : Axfr, messages[^1])) is TransferProgress.Refused, why);
        Assert.Equal((why, new TransferError(fault)), (why, transfer.Error));
    }

    public static TheoryData<string, Func<Message, Message>, TransferError> Messages => new()
    {
        { "another id", message => message with { Id = 1 }, new(TransferFault.WrongId) },
        { "a query", message => message with { Flags = HeaderBits.None }, new(TransferFault.NotAnAnswer) },
        { "another opcode", message => message with { Opcode = Opcode.Notify }, new(TransferFault.NotAnAnswer) },
        { "an error", message => message with { ResponseCode = ResponseCode.Refused }, new(TransferFault.ErrorCode, ResponseCode.Refused) },
        { "cut off", message => message with { Flags = message.Flags | HeaderBits.Truncated }, new(TransferFault.Truncated) },
        { "another zone", message => message with { Questions = [new(ZoneText.Name("example.com"), Axfr, RecordClass.Internet)] }, new(TransferFault.WrongQuestion) },
        { "another type", message => message with { Questions = [new(Apex, RrTypes.A.Code, RecordClass.Internet)] }, new(TransferFault.WrongQuestion) },
        { "another class", message => message with { Questions = [new(Apex, Axfr, RecordClass.Chaos)] }, new(TransferFault.WrongQuestion) },
        { "a record of another class", message => message with { Answers = [Record(Soa(7)), Record("www A 192.0.2.1") with { Class = RecordClass.Chaos }] }, new(TransferFault.WrongClass) },
        { "a record of type ANY", message => message with { Answers = [Record(Soa(7)), Record("www A 192.0.2.1") with { Type = QueryTypes.Any }] }, new(TransferFault.WrongType) },
        { "a short SOA", message => message with { Answers = [Record(Soa(7)) with { Rdata = new([0, 0, 0, 0, 0, 7]) }] }, new(TransferFault.Malformed) },
        { "an SOA with something behind it", message => message with { Answers = [Record(Soa(7)) with { Rdata = new([.. Record(Soa(7)).Rdata.Span, 0]) }] }, new(TransferFault.Malformed) },
        { "an address of five octets", message => message with { Answers = [Record(Soa(7)), Record("www A 192.0.2.1") with { Rdata = new([1, 2, 3, 4, 5]) }] }, new(TransferFault.Malformed) },
    };

    [Theory, MemberData(nameof(Messages))]
    public void A_message_that_does_not_belong_here_is_refused(string why, Func<Message, Message> change, TransferError error)
    {
        var transfer = Whole();

        Assert.True(transfer.Take(Octets(change(Message(Axfr, Soa(7), "@ NS ns")))) is TransferProgress.Refused, why);
        Assert.Equal(error, transfer.Error);
    }

    [Fact]
    public void A_message_that_is_cut_off_is_refused_wherever_it_is_cut()
    {
        var octets = Answer(Axfr, Soa(7), "@ NS ns", "www A 192.0.2.1", Soa(7));
        for (var length = 0; length < octets.Length; length++)
        {
            var transfer = Whole();
            Assert.Equal(TransferProgress.Refused, transfer.Take(octets.AsSpan(0, length)));
            Assert.Equal(new(TransferFault.Malformed), transfer.Error);
        }
    }

    [Fact]
    public void A_transfer_without_end_is_refused_at_its_bounds()
    {
        var byRecords = IncomingTransfer.OfWhole(Apex, Id, null, new() { MaxRecords = 100 });
        var byOctets = IncomingTransfer.OfWhole(Apex, Id, null, new() { MaxOctets = 10_000 });

        Assert.Equal((TransferFault.TooManyRecords, 101), (Flood(byRecords), byRecords.Records));
        Assert.Equal(TransferFault.TooManyOctets, Flood(byOctets));
        Assert.InRange(byOctets.Octets, 10_000, 10_100);
    }

    public static TheoryData<string, int, int, TransferProgress> Lengths => new()
    {
        // why                                     least allowed   added   what comes of it
        { "as many as the zone has, 6 with SOAs",  0,              2,      TransferProgress.Finished },
        { "one more",                              0,              3,      TransferProgress.Refused },
        { "a small zone that changes much",        7,              3,      TransferProgress.Finished },
        { "and more",                              7,              4,      TransferProgress.Refused },
    };

    [Theory, MemberData(nameof(Lengths))]
    public void Differences_longer_than_the_zone_are_refused_before_they_are_whole(string why, int least, int added, TransferProgress progress)
    {
        var small = ZoneText.Zone("example.org", $"{Soa(5)}\n@ NS ns\nns A 192.0.2.1\na A 192.0.2.1\nb A 192.0.2.1\nc A 192.0.2.1");
        Assert.Equal(6, small.RecordCount);
        var transfer = IncomingTransfer.OfDifferences(small, Id, new() { LeastDifferences = least });

        var came = transfer.Take(Answer(Ixfr, [Soa(6), Soa(5), Soa(6), .. Enumerable.Range(0, added).Select(number => $"new{number} A 192.0.2.1"), Soa(6)]));

        Assert.True(progress == came, $"{why}: {came} {transfer.Error}");
        if (progress is TransferProgress.Refused)
            Assert.Equal(new(TransferFault.TooManyDifferences), transfer.Error);
    }

    [Fact]
    public void A_set_that_no_message_can_hold_is_refused()
    {
        var transfer = Whole();
        transfer.Take(Answer(Axfr, Soa(7)));
        for (var number = 0; number < 5000; number++)
            transfer.Take(Answer(Axfr, $"www A 192.0.{number / 256}.{number % 256}"));

        Assert.Equal(TransferProgress.Refused, transfer.Take(Answer(Axfr, Soa(7))));
        Assert.Equal(new(TransferFault.SetTooLarge), transfer.Error);
    }

    [Fact]
    public void The_SOA_of_an_answer_is_read_when_it_is_the_zones_own()
    {
        Assert.True(TransferAnswer.TryReadSoa(Answer(6, Soa(7)), Id, Apex, out var soa, out _));
        Assert.Equal(new Serial(7), soa.Serial);
        Assert.False(TransferAnswer.TryReadSoa(Answer(6, "www A 192.0.2.1"), Id, Apex, out _, out var none));
        Assert.Equal(new(TransferFault.SoaMissing), none);
        Assert.False(TransferAnswer.TryReadSoa(Octets(Message(6) with { ResponseCode = ResponseCode.NotAuthoritative }), Id, Apex, out _, out var error));
        Assert.Equal(new(TransferFault.ErrorCode, ResponseCode.NotAuthoritative), error);
    }

    [Fact]
    public void The_SOA_out_of_a_cache_tells_nothing_of_the_zone_and_a_transfer_needs_no_authority()
    {
        var cached = Message(6, Soa(7)) with { Flags = HeaderBits.Response | HeaderBits.RecursionAvailable };
        Assert.False(TransferAnswer.TryReadSoa(Octets(cached), Id, Apex, out _, out var error));
        Assert.Equal(new(TransferFault.NotAuthoritative), error);

        Assert.Equal(TransferProgress.More, Whole().Take(Octets(Message(Axfr, Soa(7)) with { Flags = HeaderBits.Response })));
    }

    private static IncomingTransfer Whole() => IncomingTransfer.OfWhole(Apex, Id, present: null, new());

    private static TransferFault Flood(IncomingTransfer transfer)
    {
        transfer.Take(Answer(Axfr, Soa(7)));
        for (var number = 0; number < 1_000_000; number++)
        {
            if (transfer.Take(Answer(Axfr, $"host{number} A 192.0.2.1")) is TransferProgress.Refused)
                return transfer.Error.Fault;
        }
        throw new InvalidOperationException("no bound holds");
    }
}
