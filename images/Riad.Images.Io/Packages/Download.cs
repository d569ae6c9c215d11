using System.Net;
using System.Net.Sockets;

namespace Riad.Images.Io.Packages;

/// <summary>Fetches files: by apt's helper where there is one, which knows the machine's proxies and tries again; by plain HTTP elsewhere.</summary>
internal static class Download
{
    private const string AptHelper = "/usr/lib/apt/apt-helper";

    // For the whole of a file: a kernel has sixty megabytes, and a line may be thin.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>Fetches a file.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="path">Where it goes.</param>
    /// <returns>False when there is no such file.</returns>
    /// <exception cref="BuildException">It cannot be had for another reason.</exception>
    public static Task<bool> TryAsync(string address, string path) => File.Exists(AptHelper) ? TryByAptAsync(address, path) : TryPlainlyAsync(address, path, Patience);

    /// <summary>The same without apt.</summary>
    public static async Task<bool> TryPlainlyAsync(string address, string path, TimeSpan patience)
    {
        using var client = new HttpClient { Timeout = patience };
        try
        {
            using var answer = await client.GetAsync(new Uri(address));
            if (answer.StatusCode is HttpStatusCode.NotFound)
                return false;
            answer.EnsureSuccessStatusCode();
            await using var file = File.Create(path);
            await answer.Content.CopyToAsync(file);
            return true;
        }
        catch (Exception exception) when (exception is HttpRequestException or SocketException)
        {
            throw new BuildException($"{address} cannot be fetched: {exception.Message}");
        }
        catch (TaskCanceledException)
        {
            throw new BuildException($"{address} cannot be fetched: it has not come whole in {patience.TotalMinutes:0} minutes");
        }
    }

    private static async Task<bool> TryByAptAsync(string address, string path)
    {
        // Without a hash: who asks says more about what came instead.
        var fetched = await ExternalProgram.RunAsync(AptHelper, ["-o", "Acquire::Retries=3", "-o", "APT::Sandbox::User=root", "download-file", address, path]);
        if (fetched.ExitCode == 0)
            return true;
        var said = fetched.Error + fetched.Text;
        return said.Contains(" 404 ", StringComparison.Ordinal) ? false : throw new BuildException($"{address} cannot be fetched: {LastLine(said)}");
    }

    private static string LastLine(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault("no reason was given");
}
