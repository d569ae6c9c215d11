using Riad.DnsPrimaryGit;
using Riad.Host;

return await Appliance.RunAsync(args, PrimaryGit.Definition);
