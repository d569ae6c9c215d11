using System.Text.Json;
using Riad.Interop.Tests.Running;

namespace Riad.Images.Interop.Tests.Running;

/// <summary>What other people say about formats: tests/schemas names the packages of npm that it comes in, tests/setup.sh fetches them.</summary>
internal static class Schemas
{
    /// <summary>What reads schemas of JSON.</summary>
    public const string Reader = "/usr/lib/python3/dist-packages/jsonschema";

    /// <summary>Where the packages are.</summary>
    public static string Folder => Checkout.PathOf("tests", "schemas", "node_modules");

    /// <summary>True when they were fetched.</summary>
    public static bool AreThere => File.Exists(Path.Combine(Folder, ".package-lock.json"));

    /// <summary>Looks whether a bill of materials is what CycloneDX demands of version 1.5.</summary>
    /// <returns>What is wrong, a line for each place; nothing for a bill that is right.</returns>
    public static List<string> CheckBill(string bill)
    {
        const string Program = """
            import json, os, sys, warnings
            warnings.simplefilter("ignore")
            import jsonschema
            folder = sys.argv[1]
            read = lambda name: json.load(open(os.path.join(folder, name + ".SNAPSHOT.schema.json")))
            schema = read("bom-1.5")
            store = {other["$id"]: other for other in (read("spdx"), read("jsf-0.82"))}
            for name in ("spdx", "jsf-0.82"):
                store["http://cyclonedx.org/schema/" + name + ".SNAPSHOT.schema.json"] = read(name)
            check = jsonschema.Draft7Validator(schema, resolver=jsonschema.RefResolver.from_schema(schema, store=store), format_checker=jsonschema.draft7_format_checker)
            for error in check.iter_errors(json.load(sys.stdin)):
                print("/".join(map(str, error.absolute_path)) + ": " + error.message[:200])
            """;
        var said = Tool.Run("/usr/bin/python3", ["-c", Program, Path.Combine(Folder, "@cyclonedx", "cyclonedx-library", "res", "schema")], ".", input: bill).MustSucceed();
        return [.. said.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    /// <summary>The names of licences and of exceptions that SPDX lists.</summary>
    public static HashSet<string> ReadLicences()
    {
        using var list = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "@cyclonedx", "cyclonedx-library", "res", "schema", "spdx.SNAPSHOT.schema.json")));
        return [.. list.RootElement.GetProperty("enum").EnumerateArray().Select(name => name.GetString()!)];
    }

    /// <summary>Looks whether manifests are what Kubernetes' API has, by its types in TypeScript: names, types, choices, and what must be there.</summary>
    /// <param name="manifests">Of a file, as JSON.</param>
    /// <param name="folder">Where something may be written.</param>
    /// <returns>What is wrong, a line for each place.</returns>
    public static List<string> CheckManifests(IEnumerable<JsonElement> manifests, string folder)
    {
        // Modules are looked for above the file.
        var modules = Path.Combine(folder, "node_modules");
        if (!Path.Exists(modules))
            Directory.CreateSymbolicLink(modules, Folder);
        var lines = manifests.SelectMany((manifest, index) => (string[])
        [
            $"import type {{ I{manifest.GetProperty("kind")} as T{index} }} from 'kubernetes-models/{manifest.GetProperty("apiVersion")}';", $"export const m{index}: T{index} = {manifest.GetRawText()};",
        ]);
        File.WriteAllLines(Path.Combine(folder, "manifests.mts"), lines);
        var said = Tool.Run("node", [Path.Combine(Folder, "typescript", "bin", "tsc"), "--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--pretty", "false", "manifests.mts"], folder);
        return [.. said.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
