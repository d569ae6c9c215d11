namespace Riad.Dns.MasterFiles;

/// <summary>One file of a zone while its records go by: what its lines take from each other, and what is to be written anew.</summary>
internal sealed class EditedFile(int inclusion, string path)
{
    public int Inclusion => inclusion;

    public string Path => path;

    public Splices Splices { get; } = new();

    /// <summary>Of the last record.</summary>
    public NameBuffer OwnerBefore { get; } = new();

    /// <summary>Of the last record that stays.</summary>
    public NameBuffer OwnerAfter { get; } = new();

    /// <summary>Under which <see cref="OwnerText"/> was written.</summary>
    public NameBuffer OwnerOrigin { get; } = new();

    public byte[] OwnerText { get; set; } = [];

    /// <summary>Of the last record that stays.</summary>
    public LineLayout Layout { get; set; }

    /// <summary>Records that may be changed, and stay.</summary>
    public int KeptRecords { get; set; }

    /// <summary>A file that begins here, and takes its first owner from this one.</summary>
    public EditedFile Open(int inner, string innerPath)
    {
        var file = new EditedFile(inner, innerPath) { OwnerText = OwnerText, Layout = Layout };
        file.OwnerBefore.Set(OwnerBefore.Octets);
        file.OwnerAfter.Set(OwnerAfter.Octets);
        file.OwnerOrigin.Set(OwnerOrigin.Octets);
        return file;
    }
}
