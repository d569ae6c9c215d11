using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Riad.Profile;

/// <summary>Writes methods into the file that crossgen2 takes for a profile (.mibc).</summary>
/// <remarks>
/// It is an assembly whose methods are never run: each names methods with ldtoken, and one, AssemblyDictionary, names those
/// by the assemblies that they speak of. Source: dotnet/runtime, src/coreclr/tools/dotnet-pgo, and crossgen2's reader.
/// </remarks>
internal sealed class ProfileWriter
{
    // The reader knows what stands for any class by an assembly that is none.
    private const string AnyClass = "System.__Canon", AnyClassAssembly = "System.Private.Canon";

    private static readonly Dictionary<string, SignatureTypeCode> Primitives = new(StringComparer.Ordinal)
    {
        ["bool"] = SignatureTypeCode.Boolean, ["char"] = SignatureTypeCode.Char, ["sbyte"] = SignatureTypeCode.SByte, ["byte"] = SignatureTypeCode.Byte,
        ["short"] = SignatureTypeCode.Int16, ["ushort"] = SignatureTypeCode.UInt16, ["int"] = SignatureTypeCode.Int32, ["uint"] = SignatureTypeCode.UInt32,
        ["long"] = SignatureTypeCode.Int64, ["ulong"] = SignatureTypeCode.UInt64, ["float"] = SignatureTypeCode.Single, ["double"] = SignatureTypeCode.Double,
        ["nint"] = SignatureTypeCode.IntPtr, ["nuint"] = SignatureTypeCode.UIntPtr,
    };

    private readonly MetadataBuilder metadata = new();
    private readonly Dictionary<string, AssemblyReferenceHandle> assemblies = new(StringComparer.Ordinal);
    private readonly Dictionary<(EntityHandle Scope, string Namespace, string Name), TypeReferenceHandle> references = [];
    private readonly SortedDictionary<string, SortedDictionary<string, EntityHandle>> groups = new(StringComparer.Ordinal);

    /// <summary>How many methods it names.</summary>
    public int Count => groups.Values.Sum(group => group.Count);

    /// <summary>Adds a method; false when no assembly has it.</summary>
    /// <param name="types">Of the program that ran it.</param>
    /// <param name="method">What ran.</param>
    public bool TryAdd(TypeIndex types, RunMethod method)
    {
        var isFound = false;
        foreach (var type in types.Find(method.Type.Name))
        {
            if (type.Definition.GetGenericParameters().Count != method.Type.Arguments.Length)
                continue;
            foreach (var handle in type.Definition.GetMethods())
                isFound |= TryAdd(types, method, type, handle);
        }
        return isFound;
    }

    private bool TryAdd(TypeIndex types, RunMethod method, DeclaredType type, MethodDefinitionHandle handle)
    {
        var (from, group) = (type.Assembly.Metadata, type.Assembly.Name);
        var definition = from.GetMethodDefinition(handle);
        if (from.GetString(definition.Name) != method.Name || definition.GetGenericParameters().Count != method.Arguments.Length || definition.RelativeVirtualAddress == 0)
            return false;
        if (!groups.TryGetValue(group, out var known))
            groups[group] = known = new(StringComparer.Ordinal);
        var signature = new BlobBuilder();
        SignatureCopy.Copy(from.GetBlobReader(definition.Signature), signature, named => CodedIndex.TypeDefOrRefOrSpec(Import(type.Assembly, named)));
        var key = $"{method.Type}:{method.Name}[{string.Join(',', method.Arguments)}] {Convert.ToHexString(signature.ToArray())}";
        if (known.ContainsKey(key))
            return true;

        EntityHandle parent = Reference(type.Assembly, type.Handle);
        if (!method.Type.Arguments.IsEmpty)
        {
            if (!TryWriteType(types, method.Type, out var specification, type))
                return false;
            parent = metadata.AddTypeSpecification(metadata.GetOrAddBlob(specification));
        }
        EntityHandle member = metadata.AddMemberReference(parent, metadata.GetOrAddString(method.Name), metadata.GetOrAddBlob(signature));
        if (!method.Arguments.IsEmpty)
        {
            var arguments = new BlobBuilder();
            arguments.WriteByte(0x0a);
            arguments.WriteCompressedInteger(method.Arguments.Length);
            foreach (var argument in method.Arguments)
            {
                if (!TryWriteType(types, argument, out var written))
                    return false;
                written.WriteContentTo(arguments);
            }
            member = metadata.AddMethodSpecification(member, metadata.GetOrAddBlob(arguments));
        }
        known[key] = member;
        return true;
    }

    /// <summary>The whole file.</summary>
    public byte[] Write()
    {
        var code = new BlobBuilder();
        var bodies = new MethodBodyStreamEncoder(code);
        metadata.AddModule(0, metadata.GetOrAddString("profile.mibc"), metadata.GetOrAddGuid(new Guid("5b1b3b1e-32a0-4a2f-9a43-6f6d69626320")), default, default);
        metadata.AddAssembly(metadata.GetOrAddString("profile"), new Version(0, 0, 0, 0), default, default, default, AssemblyHashAlgorithm.None);

        var nothing = new BlobBuilder();
        new BlobEncoder(nothing).MethodSignature().Parameters(0, returned => returned.Void(), static _ => { });
        var signature = metadata.GetOrAddBlob(nothing);
        metadata.AddTypeDefinition(default, default, metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        var dictionary = new InstructionEncoder(new BlobBuilder());
        foreach (var (name, members) in groups)
        {
            var body = new InstructionEncoder(new BlobBuilder());
            foreach (var member in members.Values)
            {
                body.OpCode(ILOpCode.Ldtoken);
                body.Token(member);
                body.OpCode(ILOpCode.Pop);
            }
            body.OpCode(ILOpCode.Ret);
            var method = AddMethod(bodies, "Assemblies_" + name, signature, body);
            dictionary.LoadString(metadata.GetOrAddUserString(name + ";"));
            dictionary.OpCode(ILOpCode.Ldtoken);
            dictionary.Token(method);
            dictionary.OpCode(ILOpCode.Pop);
        }
        dictionary.OpCode(ILOpCode.Ret);
        AddMethod(bodies, "AssemblyDictionary", signature, dictionary);

        var file = new BlobBuilder();
        new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), code, deterministicIdProvider: static _ => new BlobContentId(new Guid("5b1b3b1e-32a0-4a2f-9a43-6f6d69626321"), 1)).Serialize(file);
        return file.ToArray();
    }

    private MethodDefinitionHandle AddMethod(MethodBodyStreamEncoder bodies, string name, BlobHandle signature, InstructionEncoder body) =>
        metadata.AddMethodDefinition(MethodAttributes.Public | MethodAttributes.Static | MethodAttributes.HideBySig, MethodImplAttributes.IL, metadata.GetOrAddString(name), signature, bodies.AddMethodBody(body), default);

    // Several assemblies may have a type of the same name for themselves; without one that is given it is that of the first.
    private bool TryWriteType(TypeIndex types, RunType type, out BlobBuilder written, DeclaredType? declared = null)
    {
        written = new();
        if (type.IsArray)
            written.WriteByte((byte)SignatureTypeCode.SZArray);
        if (Primitives.TryGetValue(type.Name, out var primitive))
        {
            written.WriteByte((byte)primitive);
            return true;
        }
        if (type.Name == AnyClass)
        {
            written.WriteByte(0x12);
            written.WriteCompressedInteger(CodedIndex.TypeDefOrRefOrSpec(Reference(Reference(AnyClassAssembly), "System", "__Canon")));
            return true;
        }
        if (declared is null && types.Find(type.Name) is [var first, ..])
            declared = first;
        if (declared is not { } found)
            return false;
        if (!type.Arguments.IsEmpty)
            written.WriteByte((byte)SignatureTypeCode.GenericTypeInstance);
        written.WriteByte((byte)(IsValueType(found) ? 0x11 : 0x12));
        written.WriteCompressedInteger(CodedIndex.TypeDefOrRefOrSpec(Reference(found.Assembly, found.Handle)));
        if (type.Arguments.IsEmpty)
            return true;
        written.WriteCompressedInteger(type.Arguments.Length);
        foreach (var argument in type.Arguments)
        {
            if (!TryWriteType(types, argument, out var inner))
                return false;
            inner.WriteContentTo(written);
        }
        return true;
    }

    private static bool IsValueType(DeclaredType type)
    {
        var (from, parent) = (type.Assembly.Metadata, type.Definition.BaseType);
        if (parent.IsNil)
            return false;
        var name = parent.Kind switch
        {
            HandleKind.TypeReference => from.GetString(from.GetTypeReference((TypeReferenceHandle)parent).Name),
            HandleKind.TypeDefinition => from.GetString(from.GetTypeDefinition((TypeDefinitionHandle)parent).Name),
            _ => "",
        };
        return name is "ValueType" or "Enum" && from.GetString(type.Definition.Name) is not "Enum";
    }

    // What another file calls a type, in the words of ours.
    private EntityHandle Import(ProgramAssembly assembly, EntityHandle handle)
    {
        var from = assembly.Metadata;
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                return Reference(assembly, (TypeDefinitionHandle)handle);
            case HandleKind.TypeReference:
                var reference = from.GetTypeReference((TypeReferenceHandle)handle);
                EntityHandle scope = reference.ResolutionScope.Kind is HandleKind.TypeReference
                    ? Import(assembly, reference.ResolutionScope)
                    : Reference(from.GetString(from.GetAssemblyReference((AssemblyReferenceHandle)reference.ResolutionScope).Name));
                return Reference(scope, from.GetString(reference.Namespace), from.GetString(reference.Name));
            default:
                throw new NotSupportedException($"a signature of {assembly.Name} has a type within a modifier");
        }
    }

    private TypeReferenceHandle Reference(ProgramAssembly assembly, TypeDefinitionHandle handle)
    {
        var type = assembly.Metadata.GetTypeDefinition(handle);
        EntityHandle scope = type.GetDeclaringType().IsNil ? Reference(assembly.Name) : Reference(assembly, type.GetDeclaringType());
        return Reference(scope, assembly.Metadata.GetString(type.Namespace), assembly.Metadata.GetString(type.Name));
    }

    private TypeReferenceHandle Reference(EntityHandle scope, string space, string name)
    {
        if (!references.TryGetValue((scope, space, name), out var handle))
            references[(scope, space, name)] = handle = metadata.AddTypeReference(scope, metadata.GetOrAddString(space), metadata.GetOrAddString(name));
        return handle;
    }

    private AssemblyReferenceHandle Reference(string assembly)
    {
        if (!assemblies.TryGetValue(assembly, out var handle))
            assemblies[assembly] = handle = metadata.AddAssemblyReference(metadata.GetOrAddString(assembly), new Version(0, 0, 0, 0), default, default, default, default);
        return handle;
    }
}
