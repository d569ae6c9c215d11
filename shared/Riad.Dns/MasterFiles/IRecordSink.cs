namespace Riad.Dns.MasterFiles;

/// <summary>Takes the records of a zone in the order in which they stand in its files.</summary>
internal interface IRecordSink
{
    void Add(in MasterRecord record);
}
