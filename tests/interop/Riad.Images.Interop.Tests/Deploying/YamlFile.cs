using System.Text.Json;
using Riad.Interop.Tests.Running;

namespace Riad.Images.Interop.Tests.Deploying;

/// <summary>Files of YAML, read by a reader that others wrote.</summary>
internal static class YamlFile
{
    /// <summary>What has to be there for it.</summary>
    public const string Reader = "/usr/lib/python3/dist-packages/yaml";

    /// <summary>The documents of a file of this checkout, as JSON.</summary>
    public static List<JsonElement> Read(params ReadOnlySpan<string> path)
    {
        const string Program = "import json, sys, yaml; json.dump(list(yaml.safe_load_all(sys.stdin)), sys.stdout)";
        // The system's own, where Debian's package is.
        var said = Tool.Run("/usr/bin/python3", ["-c", Program], ".", input: File.ReadAllText(Checkout.PathOf(path))).MustSucceed();
        using var documents = JsonDocument.Parse(said.Output);
        return [.. documents.RootElement.Clone().EnumerateArray()];
    }

    /// <summary>A value by the names on the way to it; undefined where there is none.</summary>
    public static JsonElement At(this JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            element = element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var inner) ? inner : default;
        return element;
    }

    /// <summary>A text, or a number or a switch as one; empty where there is none.</summary>
    public static string Text(this JsonElement element) => element.ValueKind is JsonValueKind.Undefined ? "" : element.ToString();

    /// <summary>The members of a list; none where there is none.</summary>
    public static List<JsonElement> Items(this JsonElement element) => element.ValueKind is JsonValueKind.Array ? [.. element.EnumerateArray()] : [];

    /// <summary>The names and values of an object; none where there is none.</summary>
    public static Dictionary<string, JsonElement> Members(this JsonElement element) =>
        element.ValueKind is JsonValueKind.Object ? element.EnumerateObject().ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal) : [];
}
