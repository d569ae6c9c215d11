using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Riad.Core;

namespace Riad.Images.Records;

/// <summary>How an image came about: what somebody needs to make the same octets again.</summary>
/// <param name="Appliance">Its name.</param>
/// <param name="Architecture">The machine, as Debian names it.</param>
/// <param name="Version">Of the appliance.</param>
/// <param name="Commit">Of this repository, forty hexadecimal digits.</param>
/// <param name="Time">The time that everything in the image has: the commit's, unless another was asked for.</param>
/// <param name="Sdk">The version of the .NET SDK, which made the program.</param>
/// <param name="Runtime">The .NET that the builder ran on: it compressed the container's layer.</param>
/// <param name="Options">Those that make another image than the commit alone would, such as <c>--quick</c>.</param>
/// <param name="Ingredients">What other people made.</param>
/// <param name="Files">What came out, but for this record and the sums.</param>
public sealed record BuildRecord(string Appliance, string Architecture, string Version, string Commit, DateTimeOffset Time, string Sdk, string Runtime, Seq<string> Options, Seq<Ingredient> Ingredients, Seq<ProductFile> Files)
{
    /// <summary>The name of its file.</summary>
    public const string FileName = "build-info.json";

    /// <summary>As JSON.</summary>
    public byte[] Write()
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output, new() { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("appliance", Appliance);
            writer.WriteString("architecture", Architecture);
            writer.WriteString("version", Version);
            writer.WriteString("commit", Commit);
            writer.WriteString("time", Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            writer.WriteString("sdk", Sdk);
            writer.WriteString("runtime", Runtime);
            writer.WriteStartArray("options");
            foreach (var option in Options)
                writer.WriteStringValue(option);
            writer.WriteEndArray();
            writer.WriteStartArray("ingredients");
            foreach (var ingredient in Ingredients)
            {
                writer.WriteStartObject();
                writer.WriteString("kind", ingredient.Kind.ToString());
                writer.WriteString("name", ingredient.Name);
                writer.WriteString("version", ingredient.Version);
                writer.WriteString("architecture", ingredient.Architecture);
                writer.WriteString("licence", ingredient.Licence);
                writer.WriteString("hash", ingredient.Hash);
                writer.WriteBoolean("inImage", ingredient.IsInImage);
                writer.WriteString("supplier", ingredient.Supplier);
                writer.WriteString("source", ingredient.Source);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteStartArray("files");
            foreach (var file in Files)
            {
                writer.WriteStartObject();
                writer.WriteString("path", file.Path);
                writer.WriteNumber("length", file.Length);
                writer.WriteString("sha256", file.Sha256);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        return output.ToArray();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="json">The whole file.</param>
    /// <param name="record">What it says. Each file stands there once, and none outside of the folder.</param>
    public static bool TryRead(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out BuildRecord? record)
    {
        record = null;
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            record = new(
                Text(root, "appliance"), Text(root, "architecture"), Text(root, "version"), Text(root, "commit"),
                DateTimeOffset.Parse(Text(root, "time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), Text(root, "sdk"), Text(root, "runtime"),
                [.. root.GetProperty("options").EnumerateArray().Select(item => item.GetString() ?? "")],
                [.. root.GetProperty("ingredients").EnumerateArray().Select(item => new Ingredient(
                    Enum.Parse<IngredientKind>(Text(item, "kind")), Text(item, "name"), Text(item, "version"), Text(item, "architecture"), Text(item, "licence"), Text(item, "hash"), item.GetProperty("inImage").GetBoolean()) { Supplier = TextOrNone(item, "supplier"), Source = TextOrNone(item, "source") })],
                [.. root.GetProperty("files").EnumerateArray().Select(item => new ProductFile(Text(item, "path"), item.GetProperty("length").GetInt64(), Text(item, "sha256")))]);
            return record.Files.All(file => ProductFile.IsPath(file.Path)) && record.Files.Select(file => file.Path).Distinct(StringComparer.Ordinal).Count() == record.Files.Count;
        }
        // The reader of JSON has no other way to say what is wrong with its input.
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return false;
        }
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    // What records of the first images did not say.
    private static string TextOrNone(JsonElement element, string name) => element.TryGetProperty(name, out var text) ? text.GetString() ?? "" : "";
}
