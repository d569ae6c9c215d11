using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Interop.Tests.PrimaryGit;

/// <summary>What somebody wrote into a repository never reaches a terminal, a log or a page as more than text.</summary>
public sealed class HostileTextTests
{
    private const string Hostile = "\u001b[31mred\u001b]0;title\u0007\u202Eevil\u2028\u009b1m<script>alert(1)</script>";

    [Fact]
    public void Control_characters_and_markup_stay_text()
    {
        using var work = new Workplace("--example", "--allow-force");
        File.WriteAllText(Path.Combine(work.Clone, $"file {Hostile.Replace('/', '_')}"), "x\n");
        File.WriteAllText(Path.Combine(work.Clone, $"zone{Hostile.Replace('/', '_')}.zone"), "@ SOA\n");
        File.WriteAllText(Path.Combine(work.Clone, "line\nbreak\r"), "x\n");
        work.Write("example.org", work.Read("example.org") + $"{Hostile} {Hostile} \"{Hostile}\"\nwww TXT \"{Hostile}\n{Hostile.Split(' ')[0]} A 192.0.2.1\n");
        work.Commit($"subject {Hostile}");
        AssertPlain(work.Push().Error);
        work.Git(work.Clone, "reset", "-q", "--hard", "HEAD~1").MustSucceed();

        File.WriteAllText(Path.Combine(work.Clone, $"file {Hostile.Replace('/', '_')}"), "x\n");
        work.Write("example.org", work.Read("example.org") + $"text TXT \"{Hostile}\"\n");
        work.Git(work.Clone, "add", "-A").MustSucceed();
        work.Git(work.Clone, "commit", "-q", "--author", $"Eve {Hostile.Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "", StringComparison.Ordinal)} <eve@example.org>", "-m", $"subject {Hostile}").MustSucceed();
        AssertPlain(work.Push().MustSucceed().Error);
        AssertPlain(work.Git(work.Clone, "push", "origin", "HEAD:refs/heads/br\u202Eanch").Error.Replace("br\u202Eanch", "", StringComparison.Ordinal));
        foreach (var page in (string[])["/", "/zones/example.org", "/zones/example.org/difference?from=2026112001&to=2026112002", $"/zones/{Uri.EscapeDataString(Hostile)}", "/zones/%3Cscript%3E", "/health", "/metrics"])
        {
            var text = work.Curl(page);
            AssertPlain(text);
            Assert.DoesNotContain("<script>", text, StringComparison.Ordinal);
        }
        work.Git(work.Clone, "reset", "-q", "--hard", "HEAD~1").MustSucceed();
        AssertPlain(work.Push("--force").Error);
        work.Write("example.org", work.Read("example.org") + $"{Hostile}\n");
        File.WriteAllText(Path.Combine(work.Clone, $"zone{Hostile.Replace('/', '_')}.zone"), "@ SOA\n");
        work.Commit(Hostile);
        work.Git(work.Clone, "push", "-q", work.Bare, "main").MustSucceed();
        AssertPlain(Workplace.Await(() => work.Curl("/health"), said => said.Contains("degraded", StringComparison.Ordinal)));
        AssertPlain(work.Curl("/"));
        AssertPlain(RunningAppliance.Command(work.Clone, null, "check", ".").ToString());
        AssertPlain(work.Appliance.Log);
    }

    private static void AssertPlain(string text)
    {
        foreach (var character in (ReadOnlySpan<char>)['\u001b', '\u0007', '\u202E', '\u2028', '\u009b', '\r'])
            Assert.False(text.Contains(character, StringComparison.Ordinal), $"U+{(int)character:X4} in {text}");
    }
}
