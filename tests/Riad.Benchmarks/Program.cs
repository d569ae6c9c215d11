// Riad.Benchmarks: BenchmarkDotNet's options, or: Riad.Benchmarks answers ZONE-FILE QUERY-FILE APEX [ROUNDS]
// The second is a quick look at whole sets: the query file has length-prefixed messages.
using BenchmarkDotNet.Running;
using Riad.Benchmarks;

if (args is ["answers", var zoneFile, var queryFile, var apex, .. var rest])
{
    AnswerRun.Run(zoneFile, queryFile, apex, rest.Length > 0 ? int.Parse(rest[0], System.Globalization.CultureInfo.InvariantCulture) : 5);
    return 0;
}
BenchmarkSwitcher.FromAssembly(typeof(AnswerRun).Assembly).Run(args);
return 0;
