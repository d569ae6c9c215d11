using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Riad.Git.Io.Http;
using Riad.Git.Protocol;
using Xunit;

namespace Riad.Git.Io.Tests.Http;

/// <summary>Octet by octet what git's own server says; and what a client meets when the server is busy.</summary>
public sealed class ConversationTests : IAsyncLifetime
{
    private readonly ScratchFolder scratch = new();
    private readonly List<string> commits = [];
    private GitClient bare = null!;
    private GitClient work = null!;
    private ServedRepository served = null!;

    public async Task InitializeAsync()
    {
        bare = scratch.Client("served.git");
        bare.Run("init", "-q", "--bare");
        work = scratch.Client("work");
        work.Run("init", "-q");
        for (var number = 1; number <= 5; number++)
            commits.Add(work.Commit("example.org", string.Create(CultureInfo.InvariantCulture, $"serial {number}\n")));
        work.Run("tag", "-a", "-m", "first", "v1", commits[1]);
        work.Run("push", "-q", bare.Folder, "main", "v1");
        served = await ServedRepository.OpenAsync(bare);
    }

    public async Task DisposeAsync()
    {
        await served.DisposeAsync();
        scratch.Delete();
    }

    public static TheoryData<string, int, string[]> Rounds => new()
    {
        // why                                version  lines; C1 to C5 stand for the commits
        { "new cut, asked for first",          0, ["want C5 multi_ack_detailed side-band-64k ofs-delta", "deepen 2", "0000"] },
        { "deeper",                            0, ["want C5 multi_ack_detailed side-band-64k", "shallow C5", "deepen 3", "0000"] },
        { "deeper from the cut",               0, ["want C5 multi_ack_detailed side-band-64k deepen-relative", "shallow C4", "deepen 1", "0000"] },
        { "whole again",                       0, ["want C5 multi_ack_detailed side-band-64k", "shallow C4", "deepen 2147483647", "0000"] },
        { "since a date",                      0, ["want C5 multi_ack_detailed side-band-64k", "deepen-since 1700345600", "0000"] },
        { "not what a tag reaches",            0, ["want C5 multi_ack_detailed side-band-64k", "deepen-not v1", "0000"] },
        { "a first round, all common",         0, ["want C5 multi_ack_detailed side-band-64k", "0000", "have C3", "have C2", "0000"] },
        { "a first round, nothing common",     0, ["want C5 multi_ack_detailed side-band-64k", "0000", "have 1234567812345678123456781234567812345678", "0000"] },
        { "with no-done",                      0, ["want C5 multi_ack_detailed no-done side-band-64k", "0000", "have C3", "0000"] },
        { "done",                              0, ["want C5 multi_ack_detailed side-band-64k", "0000", "have C3", "done"] },
        { "done, nothing common",              0, ["want C5 multi_ack_detailed side-band-64k", "0000", "done"] },
        { "multi_ack",                         0, ["want C5 multi_ack side-band-64k", "0000", "have C3", "have C2", "done"] },
        // The older one first: git repeats its only acknowledgement for a parent of what it acknowledged, against its manual.
        { "no multi_ack",                      0, ["want C5 side-band-64k", "0000", "have C2", "have C3", "done"] },
        { "no multi_ack, a round",             0, ["want C5 side-band-64k", "0000", "have C2", "have C3", "0000"] },
        { "an unknown want",                   0, ["want 1234567812345678123456781234567812345678 side-band-64k", "0000", "done"] },
        { "all refs",                          2, ["command=ls-refs", "0001", "peel", "symrefs", "0000"] },
        { "some refs",                         2, ["command=ls-refs", "0001", "ref-prefix refs/tags/", "0000"] },
        { "a round",                           2, ["command=fetch", "0001", "want C5", "have 1234567812345678123456781234567812345678", "0000"] },
        { "a round that is enough",            2, ["command=fetch", "0001", "want C5", "have C3", "0000"] },
        { "a round that waits for done",       2, ["command=fetch", "0001", "want C5", "have C3", "wait-for-done", "0000"] },
        { "a cut, and done",                   2, ["command=fetch", "0001", "want C5", "deepen 2", "done", "0000"] },
        { "deeper, and done",                  2, ["command=fetch", "0001", "want C5", "have C5", "shallow C5", "deepen 3", "done", "0000"] },
        { "sizes",                             2, ["command=object-info", "0001", "size", "oid C5", "0000"] },
    };

    [Theory, MemberData(nameof(Rounds))]
    public async Task The_lines_before_a_pack_are_those_of_gits_own_server(string why, int version, string[] lines)
    {
        var body = Body(lines);
        using var http = new HttpClient();
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/x-git-upload-pack-request");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{served.Url}/git-upload-pack") { Content = content };
        request.Headers.Add("Git-Protocol", $"version={version}");
        using var answer = await http.SendAsync(request);
        var ours = LinesBeforePack(await answer.Content.ReadAsByteArrayAsync());

        using var process = work.Start([("GIT_PROTOCOL", $"version={version}")], "-c", "transfer.advertiseObjectInfo=true", "upload-pack", "--stateless-rpc", bare.Folder);
        await process.StandardInput.BaseStream.WriteAsync(body);
        process.StandardInput.Close();
        using var theirs = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(theirs);

        Assert.True(ours.Length > 0, why);
        Assert.Equal(LinesBeforePack(theirs.ToArray()), ours);
    }

    [Fact]
    public async Task A_long_check_shows_signs_of_life()
    {
        var goOn = new TaskCompletionSource();
        await using var slow = await ServedRepository.OpenAsync(bare, repository => new WaitingReceiver(repository, goOn.Task), GitHttpLimits.Usual with { KeepAlive = TimeSpan.FromMilliseconds(20) });
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{slow.Url}/git-receive-pack") { Content = Deletion() };
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await answer.Content.ReadAsStreamAsync();
        var sign = new byte[15];
        await stream.ReadExactlyAsync(sign);
        goOn.SetResult();

        Assert.Equal("0005\u00020005\u00020005\u0002", Encoding.ASCII.GetString(sign));
        Assert.Contains("ng refs/heads/main", await new StreamReader(stream).ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_comes_when_too_many_push_is_told_to_come_back()
    {
        var goOn = new TaskCompletionSource();
        await using var slow = await ServedRepository.OpenAsync(bare, repository => new WaitingReceiver(repository, goOn.Task), GitHttpLimits.Usual with { MaxPushes = 1, Turn = TimeSpan.FromMilliseconds(20), KeepAlive = TimeSpan.FromMilliseconds(20) });
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{slow.Url}/git-receive-pack") { Content = Deletion() };
        using var first = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var content = Deletion();
        using var second = await http.PostAsync(new Uri($"{slow.Url}/git-receive-pack"), content);
        goOn.SetResult();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, second.StatusCode);
        Assert.NotNull(second.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
    }

    [Fact]
    public async Task A_client_that_goes_stops_the_receiver()
    {
        var stopped = new TaskCompletionSource();
        await using var slow = await ServedRepository.OpenAsync(bare, _ => new PatientReceiver(stopped), GitHttpLimits.Usual with { KeepAlive = TimeSpan.FromMilliseconds(20) });
        using (var http = new HttpClient())
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{slow.Url}/git-receive-pack") { Content = Deletion() };
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        }
        await stopped.Task.WaitAsync(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task A_fetch_that_comes_by_drops_keeps_nobody_from_his_turn_and_ends()
    {
        await using var narrow = await ServedRepository.OpenAsync(bare, limits: GitHttpLimits.Usual with { MaxUploads = 1, Turn = TimeSpan.FromMilliseconds(20) });
        using var slow = await BeginFetchAsync(narrow.Url);
        using var http = new HttpClient();
        using var content = new ByteArrayContent(Body([$"want {commits[4]}", "0000", "done"]));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/x-git-upload-pack-request");
        using var answer = await http.PostAsync(new Uri($"{narrow.Url}/git-upload-pack"), content);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        await using var hasty = await ServedRepository.OpenAsync(bare, limits: GitHttpLimits.Usual with { UploadLinesTime = TimeSpan.FromMilliseconds(20) });
        using var late = await BeginFetchAsync(hasty.Url, waits: false);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        Assert.StartsWith("HTTP/1.1 408", await new StreamReader(late.GetStream()).ReadLineAsync(patience.Token), StringComparison.Ordinal);
    }

    /// <summary>Sends the header of a fetch and nothing of what it announces.</summary>
    /// <param name="url">Of the repository.</param>
    /// <param name="waits">Until the server reads: only then it says to go on, and not at all when the time was over before.</param>
    private static async Task<TcpClient> BeginFetchAsync(string url, bool waits = true)
    {
        var address = new Uri(url);
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {address.AbsolutePath}/git-upload-pack HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/x-git-upload-pack-request\r\nContent-Length: 1000\r\n{(waits ? "Expect: 100-continue\r\n" : "")}\r\n"));
        if (!waits)
            return client;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var word = new byte["HTTP/1.1 100 Continue\r\n\r\n".Length];
        await client.GetStream().ReadExactlyAsync(word, patience.Token);
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", Encoding.ASCII.GetString(word));
        return client;
    }

    [Fact]
    public async Task Too_many_lines_are_refused()
    {
        await using var small = await ServedRepository.OpenAsync(bare, limits: GitHttpLimits.Usual with { MaxUploadLinesOctets = 1000 });
        using var http = new HttpClient();
        using var content = new ByteArrayContent(Body([$"want {commits[4]}", "0000", .. Enumerable.Repeat($"have {commits[0]}", 100), "0000"]));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/x-git-upload-pack-request");
        using var answer = await http.PostAsync(new Uri($"{small.Url}/git-upload-pack"), content);
        Assert.Contains("more than 1000 octets of lines", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private ByteArrayContent Deletion()
    {
        var command = $"{commits[4]} {new string('0', 40)} refs/heads/main\0report-status side-band-64k";
        var content = new ByteArrayContent(Body([command, "0000"]));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/x-git-receive-pack-request");
        return content;
    }

    private byte[] Body(string[] lines)
    {
        var text = new StringBuilder();
        foreach (var template in lines)
        {
            var line = template;
            for (var number = 1; number <= commits.Count; number++)
                line = line.Replace(string.Create(CultureInfo.InvariantCulture, $" C{number}"), $" {commits[number - 1]}", StringComparison.Ordinal);
            text.Append(line is "0000" or "0001" ? line : $"{line.Length + 5:x4}{line}\n");
        }
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static string[] LinesBeforePack(byte[] octets)
    {
        var lines = new List<string>();
        var reader = new PktLineReader(octets);
        while (reader.Read(out var payload) is var kind and not PktLineKind.None)
        {
            // A side band follows.
            if (kind is PktLineKind.Text && payload is [<= 3, ..])
                break;
            lines.Add(kind is PktLineKind.Text ? Encoding.ASCII.GetString(PktLineReader.WithoutNewline(payload)) : kind.ToString());
        }
        return [.. lines];
    }

    private sealed class WaitingReceiver(Repository repository, Task until) : IPushReceiver
    {
        public async Task<PushReport> ReceiveAsync(PushRequest push, CancellationToken stop)
        {
            await until;
            return new PushSettlement(repository, push).Refrain("not today");
        }
    }

    private sealed class PatientReceiver(TaskCompletionSource stopped) : IPushReceiver
    {
        public async Task<PushReport> ReceiveAsync(PushRequest push, CancellationToken stop)
        {
            try
            {
                await Task.Delay(Timeout.Infinite, stop);
            }
            catch (OperationCanceledException)
            {
                stopped.SetResult();
            }
            return PushReport.Refused("stopped", push.Commands);
        }
    }
}
