using Riad.Core;

namespace Riad.Dns.MasterFiles;

/// <summary>What changes in one file.</summary>
/// <param name="Path">As it is opened.</param>
/// <param name="Splices">In ascending order, without overlap.</param>
public sealed record TextEdit(string Path, Seq<TextSplice> Splices);

/// <summary>A piece of a text that is written anew.</summary>
/// <param name="Start">Where it begins in the text before the edit.</param>
/// <param name="End">Where it ends there.</param>
/// <param name="Text">What comes in its place.</param>
public readonly record struct TextSplice(int Start, int End, Octets Text);
