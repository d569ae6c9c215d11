// Riad.Benchmarks: BenchmarkDotNet's options, or: Riad.Benchmarks answers ZONE-FILE QUERY-FILE APEX [ROUNDS]
//                  Riad.Benchmarks edits NAMES [EDITS]
// The second is a quick look at whole sets: the query file has length-prefixed messages. The third changes an address at a time.
using BenchmarkDotNet.Running;
using Riad.Benchmarks;

if (args is ["answers", var zoneFile, var queryFile, var apex, .. var rest])
{
    AnswerRun.Run(zoneFile, queryFile, apex, rest.Length > 0 ? int.Parse(rest[0], System.Globalization.CultureInfo.InvariantCulture) : 5);
    return 0;
}
if (args is ["edits", var names, .. var edits])
{
    EditRun.Run(int.Parse(names, System.Globalization.CultureInfo.InvariantCulture), edits.Length > 0 ? int.Parse(edits[0], System.Globalization.CultureInfo.InvariantCulture) : 20_000);
    return 0;
}
BenchmarkSwitcher.FromAssembly(typeof(AnswerRun).Assembly).Run(args);
return 0;
