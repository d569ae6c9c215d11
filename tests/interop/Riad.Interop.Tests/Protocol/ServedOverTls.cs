using System.Globalization;
using System.Text.RegularExpressions;
using Riad.Interop.Tests.Answers;
using Riad.Interop.Tests.Running;

namespace Riad.Interop.Tests.Protocol;

/// <summary>The appliance with everything that a client can ask for: an identifier, a version, and DNS over TLS.</summary>
public sealed partial class ServedOverTls : IDisposable
{
    public const string HostName = "ns.example.net";

    private readonly ZoneRepositoryFolder folder = new(QuestionList.Zones);
    private readonly RunningAppliance appliance;

    public ServedOverTls()
    {
        var home = Directory.CreateDirectory(folder.State).FullName;
        Certificate = Path.Combine(home, "certificate.pem");
        var key = Path.Combine(home, "key.pem");
        Tool.Run(
            "openssl",
            ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", $"/CN={HostName}",
                "-addext", $"subjectAltName=DNS:{HostName}", "-keyout", key, "-out", Certificate],
            home).MustSucceed();
        appliance = RunningAppliance.Start(
            Path.Combine(home, "state"), "--repository", folder.Repository, "--nsid", "riad-7", "--show-version",
            "--listen-tls", "127.0.0.1:0", "--tls-certificate", Certificate, "--tls-key", key);
        TlsPort = int.Parse(TlsLine().Match(appliance.Log).Groups["port"].Value, CultureInfo.InvariantCulture);
    }

    public string Certificate { get; }

    public int TlsPort { get; }

    internal RunningAppliance Appliance => appliance;

    public void Dispose()
    {
        appliance.Dispose();
        folder.Dispose();
    }

    [GeneratedRegex(@"dns over tls 127\.0\.0\.1:(?<port>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TlsLine();
}
