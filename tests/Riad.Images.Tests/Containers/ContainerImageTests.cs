using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Riad.Images.Containers;
using Riad.Images.Trees;
using Xunit;

namespace Riad.Images.Tests.Containers;

public sealed class ContainerImageTests
{
    private static readonly ContainerDescription Description = new(ApplianceImage.All[1], Architecture.Amd64, "1.2.3", new string('a', 40), DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));

    private static readonly ContainerImage Image = ContainerImage.Build(FileTree.Empty.WithText("riad", "program"), Description);

    private static readonly Dictionary<string, ReadOnlyMemory<byte>> Layout = new(Image.Layout, StringComparer.Ordinal);

    [Fact]
    public void Every_blob_is_named_by_its_hash() =>
        Assert.All(Image.Layout.Where(file => file.Key.StartsWith("blobs/", StringComparison.Ordinal)), file => Assert.Equal("blobs/sha256/" + Convert.ToHexStringLower(SHA256.HashData(file.Value.Span)), file.Key));

    [Fact]
    public void The_index_leads_to_the_layer()
    {
        var manifest = Follow(Json("index.json").GetProperty("manifests")[0]);
        var layer = Layout[Path(manifest.GetProperty("layers")[0])];
        var unpacked = new MemoryStream();
        new GZipStream(new MemoryStream(layer.ToArray()), CompressionMode.Decompress).CopyTo(unpacked);

        Assert.Equal(manifest.GetProperty("layers")[0].GetProperty("size").GetInt32(), layer.Length);
        Assert.Equal("sha256:" + Convert.ToHexStringLower(SHA256.HashData(unpacked.ToArray())), Follow(manifest.GetProperty("config")).GetProperty("rootfs").GetProperty("diff_ids")[0].GetString());
        // RFC 1952: no flags, no time.
        Assert.Equal([0x1F, 0x8B, 8, 0, 0, 0, 0, 0], layer[..8].ToArray());
    }

    [Fact]
    public void The_program_runs_as_a_user_of_its_own_and_tells_how_it_is()
    {
        var configuration = Follow(Follow(Json("index.json").GetProperty("manifests")[0]).GetProperty("config"));
        var config = configuration.GetProperty("config");

        Assert.Equal("65532:65532", config.GetProperty("User").GetString());
        Assert.Equal("""["/riad"]""", config.GetProperty("Entrypoint").GetRawText());
        Assert.Equal("""["CMD","/riad","health"]""", config.GetProperty("Healthcheck").GetProperty("Test").GetRawText());
        Assert.Equal("""{"5310/tcp":{},"5310/udp":{},"8310/tcp":{}}""", config.GetProperty("ExposedPorts").GetRawText());
        Assert.Equal("""["DOTNET_EnableDiagnostics=0","RIAD_HTTP=0.0.0.0:8310","RIAD_LISTEN=0.0.0.0:5310","RIAD_STATE=/state","container=oci"]""", config.GetProperty("Env").GetRawText());
        Assert.Equal("""{"/state":{}}""", config.GetProperty("Volumes").GetRawText());
        Assert.Equal("dns-secondary", config.GetProperty("Labels").GetProperty("org.opencontainers.image.title").GetString());
        // glibc and others are inside, and have others' licences.
        Assert.False(config.GetProperty("Labels").TryGetProperty("org.opencontainers.image.licenses", out _));
        Assert.Equal("2023-11-14T22:13:20Z", configuration.GetProperty("created").GetString());
    }

    [Fact]
    public void The_archive_is_what_docker_loads()
    {
        using var reader = new TarReader(new MemoryStream(Image.WriteArchive()));
        var names = new List<string>();
        var content = new MemoryStream();
        while (reader.GetNextEntry() is { } entry)
        {
            names.Add(entry.Name);
            if (entry.Name == "manifest.json")
                entry.DataStream!.CopyTo(content);
        }
        content.Position = 0;

        Assert.Equal(Image.Layout.Select(file => file.Key).Where(name => name.StartsWith("blobs/", StringComparison.Ordinal)).Concat(["blobs/", "blobs/sha256/", "manifest.json"]).Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
        var manifest = JsonDocument.Parse(content).RootElement[0];
        Assert.Equal("localhost/riad/dns-secondary:1.2.3", manifest.GetProperty("RepoTags")[0].GetString());
        Assert.Contains(manifest.GetProperty("Config").GetString()!, names);
        Assert.Contains(manifest.GetProperty("Layers")[0].GetString()!, names);
    }

    private static JsonElement Follow(JsonElement descriptor) => Json(Path(descriptor));

    private static string Path(JsonElement descriptor) => "blobs/" + descriptor.GetProperty("digest").GetString()!.Replace(':', '/');

    private static JsonElement Json(string path) => JsonDocument.Parse(Layout[path]).RootElement;
}
