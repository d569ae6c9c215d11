namespace Riad.ZoneRepository.Serials;

/// <summary>What the operator and the person who pushes decided about serials.</summary>
/// <param name="Strict"><c>--serial strict</c>: refuse where the server would otherwise serve a serial of its own.</param>
/// <param name="AllowJump"><c>-o serial-jump</c>: a step of more than 2³⁰ is meant.</param>
public readonly record struct SerialOptions(bool Strict, bool AllowJump);
