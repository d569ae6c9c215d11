using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Riad.Profile;

/// <summary>An assembly that was published.</summary>
/// <param name="Name">Without its extension.</param>
/// <param name="Metadata">What it declares.</param>
internal sealed record ProgramAssembly(string Name, MetadataReader Metadata);

/// <summary>A type and where it is declared.</summary>
internal sealed record DeclaredType(ProgramAssembly Assembly, TypeDefinitionHandle Handle)
{
    /// <summary>Its declaration.</summary>
    public TypeDefinition Definition => Assembly.Metadata.GetTypeDefinition(Handle);
}

/// <summary>Every type of some assemblies, by its name.</summary>
internal sealed class TypeIndex
{
    private readonly Dictionary<string, List<DeclaredType>> types = new(StringComparer.Ordinal);

    /// <summary>Reads all assemblies of a folder.</summary>
    public static TypeIndex Read(string folder)
    {
        var index = new TypeIndex();
        foreach (var path in Directory.EnumerateFiles(folder, "*.dll").Order(StringComparer.Ordinal))
        {
            var file = new PEReader(File.OpenRead(path), PEStreamOptions.PrefetchEntireImage);
            var assembly = new ProgramAssembly(Path.GetFileNameWithoutExtension(path), file.GetMetadataReader());
            foreach (var handle in assembly.Metadata.TypeDefinitions)
            {
                var name = NameOf(assembly.Metadata, handle);
                if (!index.types.TryGetValue(name, out var same))
                    index.types[name] = same = [];
                same.Add(new(assembly, handle));
            }
        }
        return index;
    }

    /// <summary>The types of a name: several where assemblies have the same one for themselves.</summary>
    public IReadOnlyList<DeclaredType> Find(string name) => types.TryGetValue(name, out var found) ? found : [];

    private static string NameOf(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        var name = metadata.GetString(type.Name);
        if (!type.GetDeclaringType().IsNil)
            return NameOf(metadata, type.GetDeclaringType()) + "+" + name;
        return type.Namespace.IsNil ? name : metadata.GetString(type.Namespace) + "." + name;
    }
}
