using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Riad.Images.Archives;
using Riad.Images.Trees;

namespace Riad.Images.Containers;

/// <summary>A container image: one layer, its description, and what names both.</summary>
/// <remarks>
/// Source: OCI image specification 1.1. The same blobs with a manifest.json are what <c>docker load</c> and <c>podman
/// load</c> read as a tar archive. The health check stands in the one description: OCI reserves its name.
/// </remarks>
public sealed class ContainerImage
{
    private const string LayerType = "application/vnd.oci.image.layer.v1.tar+gzip";

    private const string ConfigurationType = "application/vnd.oci.image.config.v1+json";

    private const string ManifestType = "application/vnd.oci.image.manifest.v1+json";

    private const string IndexType = "application/vnd.oci.image.index.v1+json";

    private const string DockerManifest = "manifest.json";

    private const string Blobs = "blobs/";

    private readonly ContainerDescription description;

    private readonly SortedDictionary<string, ReadOnlyMemory<byte>> files = new(StringComparer.Ordinal);

    private ContainerImage(ContainerDescription description) => this.description = description;

    /// <summary>The files of an OCI layout, by path.</summary>
    public IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> Layout => files.Where(file => file.Key != DockerManifest);

    /// <summary>How many octets the layer has as it is transferred.</summary>
    public int LayerLength { get; private set; }

    /// <summary>Puts an image together.</summary>
    /// <param name="tree">The files in it.</param>
    /// <param name="description">What is known about it.</param>
    public static ContainerImage Build(FileTree tree, ContainerDescription description)
    {
        var image = new ContainerImage(description);
        var tar = TarArchive.Write(tree, description.Created);
        var layer = image.AddBlob(Compress(tar));
        image.LayerLength = (int)layer.Length;
        var configuration = image.AddBlob(Json(writer => image.WriteConfiguration(writer, Digest(tar))));
        var manifest = image.AddBlob(Json(writer => WriteManifest(writer, configuration, layer)));
        image.files["index.json"] = Json(writer => image.WriteIndex(writer, manifest));
        image.files["oci-layout"] = """{"imageLayoutVersion":"1.0.0"}"""u8.ToArray();
        image.files[DockerManifest] = Json(writer => image.WriteDockerManifest(writer, configuration, layer));
        return image;
    }

    /// <summary>As one file for <c>docker load</c>. It has no index: with one, podman reads it as OCI and forgets the health check.</summary>
    public byte[] WriteArchive() => TarArchive.Write(
        files.Where(file => file.Key == DockerManifest || file.Key.StartsWith(Blobs, StringComparison.Ordinal)).Aggregate(FileTree.Empty, (tree, file) => tree.With(file.Key, new Node.File(file.Value, Modes.Text))), description.Created);

    private void WriteConfiguration(Utf8JsonWriter writer, string layer)
    {
        writer.WriteStartObject();
        writer.WriteString("architecture", description.Architecture.Name);
        writer.WriteStartObject("config");
        WriteStrings(writer, "Cmd", ["serve"]);
        WriteStrings(writer, "Entrypoint", ["/riad"]);
        // A runtime without diagnostics opens no socket in /tmp, which may be read-only.
        WriteStrings(writer, "Env", ["DOTNET_EnableDiagnostics=0", $"RIAD_HTTP=0.0.0.0:{description.Appliance.HttpPort}", $"RIAD_LISTEN=0.0.0.0:{description.Appliance.Port}", "RIAD_STATE=/state", "container=oci"]);
        writer.WriteStartObject("ExposedPorts");
        foreach (var port in ImmutableArray.Create($"{description.Appliance.Port}/tcp", $"{description.Appliance.Port}/udp", $"{description.Appliance.HttpPort}/tcp"))
        {
            writer.WriteStartObject(port);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
        WriteHealthCheck(writer);
        writer.WriteStartObject("Labels");
        foreach (var (name, value) in description.Labels)
            writer.WriteString(name, value);
        writer.WriteEndObject();
        writer.WriteString("StopSignal", "SIGTERM");
        writer.WriteString("User", $"{RootFileSystem.User}:{RootFileSystem.User}");
        writer.WriteStartObject("Volumes");
        writer.WriteStartObject("/state");
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteString("WorkingDir", "/state");
        writer.WriteEndObject();
        writer.WriteString("created", Time(description.Created));
        writer.WriteStartArray("history");
        writer.WriteStartObject();
        writer.WriteString("created", Time(description.Created));
        writer.WriteString("created_by", $"riad images, commit {description.Commit}");
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteString("os", "linux");
        writer.WriteStartObject("rootfs");
        WriteStrings(writer, "diff_ids", [layer]);
        writer.WriteString("type", "layers");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    // Times are nanoseconds. No shell is there to be asked: the program itself is.
    private static void WriteHealthCheck(Utf8JsonWriter writer)
    {
        const long second = 1_000_000_000;
        writer.WriteStartObject("Healthcheck");
        WriteStrings(writer, "Test", ["CMD", "/riad", "health"]);
        writer.WriteNumber("Interval", 30 * second);
        writer.WriteNumber("Timeout", 10 * second);
        writer.WriteNumber("StartPeriod", 60 * second);
        writer.WriteNumber("Retries", 3);
        writer.WriteEndObject();
    }

    private static void WriteManifest(Utf8JsonWriter writer, Blob configuration, Blob layer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("schemaVersion", 2);
        writer.WriteString("mediaType", ManifestType);
        writer.WriteStartObject("config");
        WriteDescriptor(writer, ConfigurationType, configuration);
        writer.WriteEndObject();
        writer.WriteStartArray("layers");
        writer.WriteStartObject();
        WriteDescriptor(writer, LayerType, layer);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void WriteIndex(Utf8JsonWriter writer, Blob manifest)
    {
        writer.WriteStartObject();
        writer.WriteNumber("schemaVersion", 2);
        writer.WriteString("mediaType", IndexType);
        writer.WriteStartArray("manifests");
        writer.WriteStartObject();
        WriteDescriptor(writer, ManifestType, manifest);
        writer.WriteStartObject("annotations");
        writer.WriteString("io.containerd.image.name", description.Reference);
        writer.WriteString("org.opencontainers.image.ref.name", description.Version);
        writer.WriteEndObject();
        writer.WriteStartObject("platform");
        writer.WriteString("architecture", description.Architecture.Name);
        writer.WriteString("os", "linux");
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void WriteDockerManifest(Utf8JsonWriter writer, Blob configuration, Blob layer)
    {
        writer.WriteStartArray();
        writer.WriteStartObject();
        writer.WriteString("Config", configuration.Path);
        WriteStrings(writer, "Layers", [layer.Path]);
        WriteStrings(writer, "RepoTags", [description.Reference]);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void WriteDescriptor(Utf8JsonWriter writer, string type, Blob blob)
    {
        writer.WriteString("mediaType", type);
        writer.WriteString("digest", blob.Digest);
        writer.WriteNumber("size", blob.Length);
    }

    private static void WriteStrings(Utf8JsonWriter writer, string name, ImmutableArray<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    private Blob AddBlob(byte[] content)
    {
        var blob = new Blob(Digest(content), content.Length);
        files[blob.Path] = content;
        return blob;
    }

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output))
            write(writer);
        return output.ToArray();
    }

    // .NET writes no time and no name into the header.
    private static byte[] Compress(byte[] content)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(content);
        return output.ToArray();
    }

    private static string Digest(ReadOnlySpan<byte> content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private sealed record Blob(string Digest, long Length)
    {
        public string Path => Blobs + Digest.Replace(':', '/');
    }
}
