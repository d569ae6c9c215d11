using Riad.DnsSecondary;
using Riad.Host;

return await Appliance.RunAsync(args, SecondaryAppliance.Definition);
