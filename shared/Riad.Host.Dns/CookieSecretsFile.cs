using Riad.Core;
using Riad.Dns.Cookies;

namespace Riad.Host.Dns;

/// <summary>The secrets of DNS cookies: from a file that several servers share, or random for this process.</summary>
internal static class CookieSecretsFile
{
    public static ServerCookies Read(FileInfo? file, IRandom random)
    {
        if (file is null)
            return new(NewSecret(random));
        try
        {
            var lines = File.ReadLines(file.FullName).Where(line => line.Length > 0 && line[0] != '#').Take(2).ToList();
            var secrets = lines.Select(line => CookieSecret.TryParse(line.Trim(), out var secret) ? secret : null).ToList();
            if (secrets.Count == 0 || secrets.Contains(null))
                throw OperatorException.CannotRun($"--cookie-secret-file {file} needs one or two lines of 32 hexadecimal digits");
            return new(secrets[0]!, secrets.Count > 1 ? secrets[1] : null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OperatorException.CannotRun($"--cookie-secret-file {file} cannot be read ({OneLine.Escape(exception.Message.TrimEnd('.'))})", exception);
        }
    }

    private static CookieSecret NewSecret(IRandom random)
    {
        Span<byte> octets = stackalloc byte[CookieSecret.Length];
        random.Fill(octets);
        return CookieSecret.TryCreate(octets, out var secret) ? secret : throw new System.Diagnostics.UnreachableException();
    }
}
