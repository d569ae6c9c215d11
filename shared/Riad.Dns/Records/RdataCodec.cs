using Riad.Core;

namespace Riad.Dns.Records;

/// <summary>Reads a record's data. The reader was narrowed to it; a fault is left in the reader.</summary>
public delegate T RdataRead<out T>(ref WireReader reader);

/// <summary>Writes a record's data uncompressed.</summary>
public delegate void RdataWrite<in T>(T data, ref WireWriter writer);

/// <summary>Turns record data of one type into a value and back.</summary>
/// <param name="Read">Total: whatever the octets, it returns.</param>
/// <param name="Write">The inverse of <paramref name="Read"/>.</param>
public sealed record RdataCodec<T>(RdataRead<T> Read, RdataWrite<T> Write)
{
    /// <summary>The value of valid, uncompressed data.</summary>
    public T FromOctets(ReadOnlySpan<byte> rdata)
    {
        var reader = new WireReader(rdata);
        return Read(ref reader);
    }

    /// <summary>The data of a value, uncompressed.</summary>
    /// <exception cref="ArgumentException">The data is longer than 65535 octets.</exception>
    public Octets ToOctets(T value)
    {
        var writer = new WireWriter(stackalloc byte[UsualLength]);
        Write(value, ref writer);
        if (!writer.Overflowed)
            return new(writer.Written);
        writer = new(new byte[RdataWire.MaxLength]);
        Write(value, ref writer);
        return writer.Overflowed ? throw new ArgumentException("the data is longer than 65535 octets", nameof(value)) : new(writer.Written);
    }

    private const int UsualLength = 1024;
}
