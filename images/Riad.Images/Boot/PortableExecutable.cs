using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Riad.Core;

namespace Riad.Images.Boot;

/// <summary>Adds sections of data to a program for UEFI: a stub and a kernel become one file.</summary>
/// <remarks>
/// Source: Microsoft Portable Executable and Common Object File Format Specification §3 and §4. The stub finds the
/// sections by name in memory: UAPI group, Unified Kernel Image.
/// </remarks>
public static class PortableExecutable
{
    private const int SectionHeaderLength = 40;

    // In memory every section begins on a page, whatever smaller alignment the file allows.
    private const uint Page = 4096;

    private const uint InitializedData = 0x40, Readable = 0x4000_0000;

    /// <summary>Adds the sections behind those that are there, in the given order.</summary>
    /// <param name="program">The whole file.</param>
    /// <param name="sections">What to add.</param>
    /// <param name="result">The new file.</param>
    /// <param name="fault">Why there is none.</param>
    public static bool TryAppend(ReadOnlySpan<byte> program, Seq<PeSection> sections, [NotNullWhen(true)] out byte[]? result, out PeFault fault)
    {
        (result, fault) = (null, PeFault.NotAProgram);
        if (!TryReadHeaders(program, out var headers))
            return false;
        fault = PeFault.NameTooLong;
        if (sections.Any(section => Encoding.UTF8.GetByteCount(section.Name) > 8))
            return false;
        fault = PeFault.TableFull;
        if (headers.TableEnd + (sections.Count * SectionHeaderLength) > headers.Room)
            return false;

        var (address, offset) = (Align(headers.MemoryEnd, Page), Align((uint)program.Length, headers.FileAlignment));
        var output = new byte[offset + sections.Sum(section => Align((uint)section.Content.Length, headers.FileAlignment))];
        program.CopyTo(output);
        var entry = headers.TableEnd;
        foreach (var section in sections)
        {
            var (length, room) = ((uint)section.Content.Length, Align((uint)section.Content.Length, headers.FileAlignment));
            WriteSection(output.AsSpan(entry, SectionHeaderLength), section.Name, length, address, room, offset);
            section.Content.Span.CopyTo(output.AsSpan((int)offset));
            (entry, offset, address) = (entry + SectionHeaderLength, offset + room, Align(address + length, Page));
            headers = headers with { DataLength = headers.DataLength + room };
        }
        BinaryPrimitives.WriteUInt16LittleEndian(output.AsSpan(headers.Signature + 6), (ushort)(headers.Sections + sections.Count));
        BinaryPrimitives.WriteUInt32LittleEndian(output.AsSpan(headers.Optional + 8), headers.DataLength);
        BinaryPrimitives.WriteUInt32LittleEndian(output.AsSpan(headers.Optional + 56), address);
        // No checksum: UEFI asks for none.
        BinaryPrimitives.WriteUInt32LittleEndian(output.AsSpan(headers.Optional + 64), 0);
        result = output;
        return true;
    }

    private static bool TryReadHeaders(ReadOnlySpan<byte> program, out Headers headers)
    {
        headers = default;
        if (program.Length < 64 || !program.StartsWith("MZ"u8))
            return false;
        var signature = BinaryPrimitives.ReadUInt32LittleEndian(program[60..]);
        if (signature > program.Length - 24 || !program[(int)signature..].StartsWith("PE\0\0"u8))
            return false;
        var coff = program[(int)signature..];
        var (sections, optionalLength) = (BinaryPrimitives.ReadUInt16LittleEndian(coff[6..]), BinaryPrimitives.ReadUInt16LittleEndian(coff[20..]));
        var optional = (int)signature + 24;
        var tableEnd = optional + optionalLength + (sections * SectionHeaderLength);
        if (optionalLength < 112 || tableEnd > program.Length || BinaryPrimitives.ReadUInt16LittleEndian(program[optional..]) != 0x20b)
            return false;

        var fileAlignment = BinaryPrimitives.ReadUInt32LittleEndian(program[(optional + 36)..]);
        if (fileAlignment is < 16 or > 65536)
            return false;
        var room = (long)BinaryPrimitives.ReadUInt32LittleEndian(program[(optional + 60)..]);
        var memoryEnd = 0u;
        for (var at = optional + optionalLength; at < tableEnd; at += SectionHeaderLength)
        {
            var section = program[at..];
            memoryEnd = Math.Max(memoryEnd, unchecked(BinaryPrimitives.ReadUInt32LittleEndian(section[8..]) + BinaryPrimitives.ReadUInt32LittleEndian(section[12..])));
            // A section without octets in the file begins nowhere in it.
            if (BinaryPrimitives.ReadUInt32LittleEndian(section[16..]) > 0)
                room = Math.Min(room, BinaryPrimitives.ReadUInt32LittleEndian(section[20..]));
        }
        if (memoryEnd > int.MaxValue)
            return false;
        headers = new((int)signature, optional, sections, tableEnd, (int)Math.Min(room, program.Length), memoryEnd, fileAlignment, BinaryPrimitives.ReadUInt32LittleEndian(program[(optional + 8)..]));
        return true;
    }

    private static void WriteSection(Span<byte> header, string name, uint length, uint address, uint room, uint offset)
    {
        header.Clear();
        Encoding.UTF8.GetBytes(name, header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[12..], address);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], room);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], offset);
        BinaryPrimitives.WriteUInt32LittleEndian(header[36..], InitializedData | Readable);
    }

    private static uint Align(uint value, uint alignment) => (value + alignment - 1) / alignment * alignment;

    private readonly record struct Headers(int Signature, int Optional, int Sections, int TableEnd, int Room, uint MemoryEnd, uint FileAlignment, uint DataLength);
}
