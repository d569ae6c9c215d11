namespace Riad.Images.Io;

/// <summary>An image cannot be built, and a person can do something about it.</summary>
/// <param name="sentence">What is wrong, where, and what to do.</param>
public sealed class BuildException(string sentence) : Exception(sentence);
