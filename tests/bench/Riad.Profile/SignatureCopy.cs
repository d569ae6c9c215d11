using System.Reflection.Metadata;

namespace Riad.Profile;

/// <summary>Writes a method's signature anew, with the types named as another file names them.</summary>
/// <remarks>Source: ECMA-335 II.23.2.</remarks>
internal static class SignatureCopy
{
    private const byte Generic = 0x10;

    /// <summary>Copies one.</summary>
    /// <param name="from">The signature of a method's declaration.</param>
    /// <param name="to">Where it is written.</param>
    /// <param name="name">Gives the number, encoded as TypeDefOrRef, under which the other file knows a type.</param>
    public static void Copy(BlobReader from, BlobBuilder to, Func<EntityHandle, int> name)
    {
        var header = from.ReadByte();
        to.WriteByte(header);
        if ((header & Generic) != 0)
            to.WriteCompressedInteger(from.ReadCompressedInteger());
        var count = from.ReadCompressedInteger();
        to.WriteCompressedInteger(count);
        for (var index = 0; index <= count; index++)
            CopyType(ref from, to, name);
    }

    private static void CopyType(ref BlobReader from, BlobBuilder to, Func<EntityHandle, int> name)
    {
        var code = from.ReadByte();
        to.WriteByte(code);
        switch ((SignatureTypeCode)code)
        {
            // class and value type, as the file has them
            case (SignatureTypeCode)0x11 or (SignatureTypeCode)0x12:
                to.WriteCompressedInteger(name(from.ReadTypeHandle()));
                break;
            case SignatureTypeCode.RequiredModifier or SignatureTypeCode.OptionalModifier:
                to.WriteCompressedInteger(name(from.ReadTypeHandle()));
                CopyType(ref from, to, name);
                break;
            case SignatureTypeCode.ByReference or SignatureTypeCode.Pointer or SignatureTypeCode.SZArray or SignatureTypeCode.Pinned or SignatureTypeCode.Sentinel:
                CopyType(ref from, to, name);
                break;
            case SignatureTypeCode.GenericTypeParameter or SignatureTypeCode.GenericMethodParameter:
                to.WriteCompressedInteger(from.ReadCompressedInteger());
                break;
            case SignatureTypeCode.GenericTypeInstance:
                CopyType(ref from, to, name);
                CopyMany(ref from, to, name);
                break;
            case SignatureTypeCode.Array:
                CopyType(ref from, to, name);
                CopyShape(ref from, to);
                break;
            case SignatureTypeCode.FunctionPointer:
                Copy(ref from, to, name);
                break;
        }
    }

    private static void CopyMany(ref BlobReader from, BlobBuilder to, Func<EntityHandle, int> name)
    {
        var count = from.ReadCompressedInteger();
        to.WriteCompressedInteger(count);
        for (var index = 0; index < count; index++)
            CopyType(ref from, to, name);
    }

    private static void Copy(ref BlobReader from, BlobBuilder to, Func<EntityHandle, int> name)
    {
        to.WriteByte(from.ReadByte());
        var count = from.ReadCompressedInteger();
        to.WriteCompressedInteger(count);
        for (var index = 0; index <= count; index++)
            CopyType(ref from, to, name);
    }

    private static void CopyShape(ref BlobReader from, BlobBuilder to)
    {
        to.WriteCompressedInteger(from.ReadCompressedInteger());
        for (var list = 0; list < 2; list++)
        {
            var count = from.ReadCompressedInteger();
            to.WriteCompressedInteger(count);
            for (var index = 0; index < count; index++)
                to.WriteCompressedInteger(from.ReadCompressedInteger());
        }
    }
}
