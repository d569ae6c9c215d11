using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Riad.Images.Records;

/// <summary>What an image consists of, for programs that look for known faults in it.</summary>
/// <remarks>Source: CycloneDX 1.5, JSON. What only builds the image is in scope "excluded".</remarks>
public static class BillOfMaterials
{
    /// <summary>The name of its file.</summary>
    public const string FileName = "sbom.cdx.json";

    /// <summary>Writes the bill of an image.</summary>
    public static byte[] Write(BuildRecord record)
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output, new() { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("bomFormat", "CycloneDX");
            writer.WriteString("specVersion", "1.5");
            writer.WriteString("serialNumber", $"urn:uuid:{Identify(record)}");
            writer.WriteNumber("version", 1);
            writer.WriteStartObject("metadata");
            writer.WriteString("timestamp", record.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            writer.WriteStartObject("component");
            WriteComponent(writer, "application", record.Appliance, record.Version, "Apache-2.0", $"pkg:generic/riad/{record.Appliance}@{record.Version}");
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteStartArray("components");
            foreach (var ingredient in record.Ingredients)
            {
                writer.WriteStartObject();
                WriteComponent(writer, "library", ingredient.Name, ingredient.Version, ingredient.Licence, Place(ingredient));
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
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        return output.ToArray();
    }

    private static void WriteComponent(Utf8JsonWriter writer, string type, string name, string version, string licence, string place)
    {
        writer.WriteString("type", type);
        writer.WriteString("bom-ref", place);
        writer.WriteString("name", name);
        writer.WriteString("version", version);
        writer.WriteString("purl", place);
        if (licence.Length == 0)
            return;
        writer.WriteStartArray("licenses");
        writer.WriteStartObject();
        writer.WriteString("expression", licence);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    // Package URLs: the version's signs are escaped.
    private static string Place(Ingredient ingredient) => ingredient.Kind switch
    {
        IngredientKind.Debian => $"pkg:deb/debian/{Uri.EscapeDataString(ingredient.Name)}@{Uri.EscapeDataString(ingredient.Version)}?arch={ingredient.Architecture}&distro=bookworm",
        IngredientKind.NuGet => $"pkg:nuget/{ingredient.Name}@{Uri.EscapeDataString(ingredient.Version)}",
    };

    private static Guid Identify(BuildRecord record) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{record.Appliance} {record.Architecture} {record.Commit}")).AsSpan(0, 16));
}
