using Xunit;

namespace Riad.Images.Interop.Tests.Running;

/// <summary>The same as <see cref="NeedsFactAttribute"/> for a table of cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsTheoryAttribute : TheoryAttribute
{
    public NeedsTheoryAttribute(params string[] programs) => Skip = NeedsFactAttribute.Refuse(programs);
}
