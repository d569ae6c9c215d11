using System.Net;
using Riad.Interop.Tests.Answers;
using Riad.Interop.Tests.Peers;
using Riad.Interop.Tests.Running;

namespace Riad.Interop.Tests.Signed;

/// <summary>One zone, signed by ldns-signzone in three ways, with a signed and an unsigned zone below each: served by the appliance.</summary>
public sealed class SignedZones : IDisposable
{
    private const string Algorithm = "ECDSAP256SHA256";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("riad-signed-");
    private readonly List<PeerZone> zones = [];
    private readonly List<SignedZone> signed = [];
    private readonly ZoneRepositoryFolder repository;
    private readonly RunningAppliance appliance;

    public SignedZones()
    {
        Make("nsec.signed.test", isOptOut: false);
        Make("nsec3.signed.test", isOptOut: false, "-n", "-t", "0");
        Make("optout.signed.test", isOptOut: true, "-n", "-p", "-t", "3", "-s", "aabbccdd");
        repository = new(zones);
        appliance = RunningAppliance.Start(repository.State, "--repository", repository.Repository);
    }

    public IPEndPoint Dns => appliance.Dns;

    /// <summary>What the appliance said: the warnings of its zones.</summary>
    public string Log => appliance.Log;

    /// <summary>Those at the top, each with its own key as trust anchor.</summary>
    internal IReadOnlyList<SignedZone> Tops => signed;

    /// <summary>All, for servers.</summary>
    internal IReadOnlyList<PeerZone> All => zones;

    public void Dispose()
    {
        appliance.Dispose();
        repository.Dispose();
        folder.Delete(recursive: true);
    }

    private void Make(string name, bool isOptOut, params string[] options)
    {
        var child = $"secure.{name}";
        var childKey = NewKey(child);
        Sign(child, Source("child"), childKey, options);
        var insecure = Path.Combine(folder.FullName, $"insecure.{name}");
        File.WriteAllText(insecure, Source("child"));
        zones.Add(new($"insecure.{name}", insecure));

        var key = NewKey(name);
        var text = Source("signed") + File.ReadAllText(Path.Combine(folder.FullName, $"{childKey}.ds"));
        var zone = Sign(name, text, key, options);
        signed.Add(new(zone, text, File.ReadAllText(Path.Combine(folder.FullName, $"{key}.key")), isOptOut));
    }

    private string NewKey(string zone) => Tool.Run("ldns-keygen", ["-a", Algorithm, "-k", zone], folder.FullName).MustSucceed().Output.Trim();

    private PeerZone Sign(string name, string text, string key, string[] options)
    {
        var plain = Path.Combine(folder.FullName, $"{name}.plain");
        var file = Path.Combine(folder.FullName, name);
        File.WriteAllText(plain, text);
        Tool.Run("ldns-signzone", [.. options, "-o", name, "-f", file, plain, key], folder.FullName).MustSucceed();
        zones.Add(new(name, file));
        return zones[^1];
    }

    private static string Source(string name) => File.ReadAllText(Checkout.PathOf("tests", "interop", "Riad.Interop.Tests", "Signed", "Zones", $"{name}.text"));
}
