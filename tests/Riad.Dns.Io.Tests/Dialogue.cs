using System.Buffers.Binary;
using System.Text;
using Riad.Core;
using Riad.Net;

namespace Riad.Dns.Io.Tests;

/// <summary>What the tests say and hear.</summary>
internal static class Dialogue
{
    internal static IpEndpoint At(string text) => IpEndpoint.TryParse(text, out var endpoint) ? endpoint : throw new ArgumentException(text, nameof(text));

    internal static IpAddress Address(string text) =>
        IpAddress.TryParse(Encoding.ASCII.GetBytes(text), out var address) ? address : throw new ArgumentException(text, nameof(text));

    /// <summary>A header with this id, and a command for the <see cref="ScriptedAnswerer"/>.</summary>
    internal static byte[] Query(int id, string command = "") => [(byte)(id >> 8), (byte)id, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(command)];

    /// <summary>Messages as they travel in a stream.</summary>
    internal static byte[] Frame(params byte[][] messages) =>
        [.. messages.SelectMany(message => (byte[])[(byte)(message.Length >> 8), (byte)message.Length, .. message])];

    internal static int Id(byte[] message) => BinaryPrimitives.ReadUInt16BigEndian(message);

    /// <summary>The next message of a stream, or null at its end.</summary>
    internal static async Task<byte[]?> ReadMessageAsync(Stream stream)
    {
        var prefix = new byte[2];
        if (!await FillAsync(stream, prefix))
            return null;
        var message = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
        Assert.True(await FillAsync(stream, message), "the stream ends inside a message");
        return message;
    }

    internal static async Task<List<int>> ReadIdsAsync(Stream stream, int count)
    {
        var ids = new List<int>();
        while (ids.Count < count)
            ids.Add(Id(await ReadMessageAsync(stream) ?? throw new EndOfStreamException($"after {ids.Count} messages")));
        return ids;
    }

    // Not ReadExactlyAsync: that leaves the simulation's thread.
    private static async Task<bool> FillAsync(Stream stream, byte[] space)
    {
        for (var filled = 0; filled < space.Length;)
        {
            var count = await stream.ReadAsync(space.AsMemory(filled));
            if (count == 0)
                return false;
            filled += count;
        }
        return true;
    }
}
