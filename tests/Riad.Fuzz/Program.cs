// Fuzzes every parser in turn: Riad.Fuzz [SECONDS] [TARGET] [SEED]. A finding is printed in hex, with what repeats it, and the exit is 1.
using System.Globalization;
using Riad.Fuzz;

var seconds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 60;
var seed = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : Environment.TickCount;
var targets = FuzzTargets.All.Where(target => args.Length < 2 || target.Name == args[1]).ToList();
if (targets.Count == 0)
{
    Console.Error.WriteLine($"no such target; there are: {string.Join(' ', FuzzTargets.All.Select(target => target.Name))}");
    return 64;
}

var failed = 0;
foreach (var target in targets)
{
    var budget = TimeSpan.FromSeconds((double)seconds / targets.Count);
    failed += Campaign.Run(target, seed, budget) ? 0 : 1;
}
Console.WriteLine($"{targets.Count - failed} passed, {failed} failed");
return failed == 0 ? 0 : 1;
