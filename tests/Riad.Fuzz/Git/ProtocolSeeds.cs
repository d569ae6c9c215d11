using System.Text;

namespace Riad.Fuzz.Git;

/// <summary>Requests of real clients, as lines.</summary>
internal static class ProtocolSeeds
{
    private const string A = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string B = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    private const string Zero = "0000000000000000000000000000000000000000";

    public static byte[] Clone => Octets($"want {A} multi_ack_detailed no-done side-band-64k thin-pack ofs-delta deepen-since deepen-not agent=git/2.39.5", $"want {B}", "0000", "done");

    public static byte[] ShallowFetch => Octets($"want {A} multi_ack side-band deepen-relative", $"shallow {B}", "deepen 3", "0000", $"have {B}", "0000");

    public static byte[] DatedFetch => Octets($"want {A}", "deepen-since 1700000000", "deepen-not refs/tags/v1", "0000", $"have {B}", "done");

    public static byte[] ListRefs => Octets("command=ls-refs", "agent=git/2.39.5", "object-format=sha1", "0001", "peel", "symrefs", "unborn", "ref-prefix refs/heads/", "0000");

    public static byte[] Fetch => Octets("command=fetch", "agent=git/2.39.5", "0001", "thin-pack", "include-tag", "ofs-delta", $"want {A}", $"have {B}", "deepen 1", "done", "0000");

    public static byte[] Sizes => Octets("command=object-info", "0001", "size", $"oid {A}", "0000");

    public static byte[] Push => Octets($"shallow {B}", $"{A} {B} refs/heads/main\0 report-status-v2 side-band-64k atomic push-options object-format=sha1", $"{Zero} {B} refs/tags/v1", "0000", "check", "0000");

    public static byte[] Deletion => Octets($"{A} {Zero} refs/heads/old\0report-status", "0000");

    public static byte[] OldGreeting => Octets("# service=git-upload-pack", "0000", $"{A} HEAD\0multi_ack side-band-64k object-format=sha1", $"{B} refs/tags/v1", $"{A} refs/tags/v1^{{}}", "0000");

    public static byte[] NewGreeting => Octets("version 2", "agent=git/2.39.5", "ls-refs=unborn", "fetch=shallow", "object-format=sha1", "0000");

    public static byte[] RefsAnswer => Octets($"{A} refs/heads/main symref-target:refs/heads/x", $"{B} refs/tags/v1 peeled:{A}", "unborn HEAD symref-target:refs/heads/main", "0000");

    public static byte[] OldPack => Octets("NAK", "\u0002words", "\u0001PACK", "0000");

    public static byte[] NewPack => Octets("acknowledgments", $"ACK {A}", "ready", "0001", "packfile", "\u0001PACK", "\u0003over", "0000");

    public static byte[] Report => Octets("\u0001000eunpack ok\n0019ok refs/heads/main\n", "\u0002a hook", "\u000100140000", "0000");

    private static byte[] Octets(params string[] lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
            text.Append(line is "0000" or "0001" ? line : $"{Encoding.UTF8.GetByteCount(line) + 5:x4}{line}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
