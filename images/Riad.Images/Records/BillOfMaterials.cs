using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Riad.Images.Records;

/// <summary>What an image consists of, for programs that look for known faults in it.</summary>
/// <remarks>
/// Source: CycloneDX 1.5, JSON. What only builds the image is in scope "excluded", and the image does not depend on it. How
/// components depend on each other is not said, which in CycloneDX means that it is not known.
/// </remarks>
public static class BillOfMaterials
{
    /// <summary>The name of its file.</summary>
    public const string FileName = "sbom.cdx.json";

    /// <summary>Writes the bill of an image.</summary>
    public static byte[] Write(BuildRecord record)
    {
        var image = $"pkg:generic/riad/{record.Appliance}@{record.Version}";
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output, new() { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("bomFormat", "CycloneDX");
            writer.WriteString("specVersion", "1.5");
            writer.WriteString("serialNumber", $"urn:uuid:{Identify(record)}");
            writer.WriteNumber("version", 1);
            writer.WritePropertyName("metadata");
            WriteMetadata(writer, record, image);
            writer.WriteStartArray("components");
            foreach (var ingredient in record.Ingredients)
                WriteIngredient(writer, ingredient);
            writer.WriteEndArray();
            WriteDependencies(writer, image, record.Ingredients.Where(ingredient => ingredient.IsInImage).Select(PackageAddress.Of));
            WriteComposition(writer, image, IsKnownWhole(record));
            writer.WriteEndObject();
        }
        return output.ToArray();
    }

    // A program that was brought along says nothing about what it was made of.
    private static bool IsKnownWhole(BuildRecord record) => record.Options.All(option => option != "--program");

    private static void WriteMetadata(Utf8JsonWriter writer, BuildRecord record, string image)
    {
        writer.WriteStartObject();
        writer.WriteString("timestamp", record.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        writer.WriteStartArray("lifecycles");
        writer.WriteStartObject();
        writer.WriteString("phase", "build");
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteStartObject("tools");
        writer.WriteStartArray("components");
        writer.WriteStartObject();
        writer.WriteString("type", "application");
        writer.WriteString("name", "riad-images");
        writer.WriteString("version", record.Version);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteStartObject("component");
        WriteComponent(writer, "application", record.Appliance, record.Version, "Riad", "Apache-2.0", image);
        writer.WriteStartArray("properties");
        WriteProperty(writer, "riad:architecture", record.Architecture);
        WriteProperty(writer, "riad:commit", record.Commit);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteIngredient(Utf8JsonWriter writer, Ingredient ingredient)
    {
        writer.WriteStartObject();
        WriteComponent(writer, "library", ingredient.Name, ingredient.Version, ingredient.Supplier, ingredient.Licence, PackageAddress.Of(ingredient));
        writer.WriteString("scope", ingredient.IsInImage ? "required" : "excluded");
        if (ingredient.Hash.Split(':') is [var algorithm, { Length: > 0 } digits])
        {
            writer.WriteStartArray("hashes");
            writer.WriteStartObject();
            writer.WriteString("alg", algorithm == "sha256" ? "SHA-256" : "SHA-512");
            writer.WriteString("content", digits);
            writer.WriteEndObject();
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    private static void WriteComponent(Utf8JsonWriter writer, string type, string name, string version, string supplier, string licence, string address)
    {
        writer.WriteString("type", type);
        writer.WriteString("bom-ref", address);
        if (supplier.Length > 0)
        {
            writer.WriteStartObject("supplier");
            writer.WriteString("name", supplier);
            writer.WriteEndObject();
        }
        writer.WriteString("name", name);
        writer.WriteString("version", version);
        writer.WriteString("purl", address);
        if (licence.Length == 0)
            return;
        writer.WriteStartArray("licenses");
        writer.WriteStartObject();
        writer.WriteString("expression", licence);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void WriteProperty(Utf8JsonWriter writer, string name, string value)
    {
        writer.WriteStartObject();
        writer.WriteString("name", name);
        writer.WriteString("value", value);
        writer.WriteEndObject();
    }

    private static void WriteDependencies(Utf8JsonWriter writer, string image, IEnumerable<string> needed)
    {
        writer.WriteStartArray("dependencies");
        writer.WriteStartObject();
        writer.WriteString("ref", image);
        writer.WriteStartArray("dependsOn");
        foreach (var address in needed)
            writer.WriteStringValue(address);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void WriteComposition(Utf8JsonWriter writer, string image, bool isKnownWhole)
    {
        writer.WriteStartArray("compositions");
        writer.WriteStartObject();
        writer.WriteString("aggregate", isKnownWhole ? "complete" : "incomplete");
        writer.WriteStartArray("dependencies");
        writer.WriteStringValue(image);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    // Of the whole record, so that another image never has the same. Source: RFC 9562 §5.8: version 8, what the octets mean is our affair.
    private static Guid Identify(BuildRecord record)
    {
        var octets = SHA256.HashData(record.Write()).AsSpan(0, 16);
        octets[6] = (byte)((octets[6] & 0x0F) | 0x80);
        octets[8] = (byte)((octets[8] & 0x3F) | 0x80);
        return new(octets, bigEndian: true);
    }
}
