using System.Net;
using Riad.Interop.Tests.Running;

namespace Riad.Interop.Tests.Answers;

/// <summary>The appliance with all zones of <see cref="QuestionList"/>, started once for a class of tests.</summary>
public sealed class ServedZones : IDisposable
{
    private readonly ZoneRepositoryFolder folder = new(QuestionList.Zones);
    private readonly RunningAppliance appliance;

    public ServedZones() => appliance = RunningAppliance.Start(folder.State, "--repository", folder.Repository);

    public IPEndPoint Dns => appliance.Dns;

    public void Dispose()
    {
        appliance.Dispose();
        folder.Dispose();
    }
}
