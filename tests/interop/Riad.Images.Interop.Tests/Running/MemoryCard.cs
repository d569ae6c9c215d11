using System.Text.Json;
using Riad.Interop.Tests.Running;

namespace Riad.Images.Interop.Tests.Running;

/// <summary>A copy of a Raspberry Pi's card, read and changed with the tools that its operator has, without root and without mounting.</summary>
internal sealed class MemoryCard
{
    private readonly string folder;

    /// <summary>Copies the card of an image.</summary>
    public MemoryCard(string folder, string card)
    {
        this.folder = Directory.CreateDirectory(folder).FullName;
        File.Copy(card, Place, overwrite: true);
    }

    /// <summary>The card, a file of raw sectors.</summary>
    public string Place => Path.Combine(folder, "card.img");

    /// <summary>Its partitions: type as fdisk writes it, what firmware may start from, first sector, sectors.</summary>
    public List<(string Type, bool IsActive, long Start, long Sectors)> Partitions
    {
        get
        {
            using var said = JsonDocument.Parse(Shell("sfdisk --json card.img").MustSucceed().Output);
            var table = said.RootElement.GetProperty("partitiontable");
            return table.GetProperty("label").GetString() != "dos"
                ? []
                : [.. table.GetProperty("partitions").EnumerateArray().Select(entry => (
                    entry.GetProperty("type").GetString()!, entry.TryGetProperty("bootable", out var active) && active.GetBoolean(), entry.GetProperty("start").GetInt64(), entry.GetProperty("size").GetInt64()))];
        }
    }

    /// <summary>The files of its first partition, by name.</summary>
    public SortedDictionary<string, byte[]> ReadBootFiles()
    {
        var files = Directory.CreateDirectory(Path.Combine(folder, "boot")).FullName;
        Shell($"mcopy -n -i card.img@@{Partitions[0].Start * 512} '::*' boot/").MustSucceed();
        return new(Directory.EnumerateFiles(files).ToDictionary(path => Path.GetFileName(path)!, File.ReadAllBytes, StringComparer.Ordinal), StringComparer.Ordinal);
    }

    /// <summary>A file of the first partition, as a file outside, once those were read.</summary>
    public string Outside(string name) => Path.Combine(folder, "boot", name);

    /// <summary>Looks for damage in both file systems, changes nothing; fails when there is any.</summary>
    public void Check()
    {
        var (boot, data) = (Partitions[0], Partitions[1]);
        Shell($"dd if=card.img of=boot.img bs=512 skip={boot.Start} count={boot.Sectors} status=none && fsck.vfat -n boot.img").MustSucceed();
        Shell($"dd if=card.img of=data.img bs=512 skip={data.Start} count={data.Sectors} status=none && e2fsck -fn data.img").MustSucceed();
    }

    /// <summary>Lets the second partition fill a larger card, as the manual says.</summary>
    public void Grow(long length)
    {
        using (var file = File.OpenWrite(Place))
            file.SetLength(length);
        Shell("echo ', +' | sfdisk --no-reread -N 2 card.img").MustSucceed();
    }

    /// <summary>Puts a file on the second partition.</summary>
    public void AddData(string name, string text)
    {
        File.WriteAllText(Path.Combine(folder, name), text);
        var said = Shell($"debugfs -w -R 'write {name} {name}' 'card.img?offset={Partitions[1].Start * 512}' && debugfs -R 'cat {name}' 'card.img?offset={Partitions[1].Start * 512}'").MustSucceed();
        if (said.Output.IndexOf(text, StringComparison.Ordinal) < 0)
            throw new InvalidOperationException($"{name} is not on the card: {said}");
    }

    private ToolResult Shell(string command) => Tool.Run("sh", ["-c", "PATH=$PATH:/sbin:/usr/sbin; " + command], folder);
}
