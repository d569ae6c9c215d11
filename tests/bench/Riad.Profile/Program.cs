using Riad.Profile;

// Names the methods that each list names, as far as the assemblies of the folder before it have them.
if (args.Length < 4 || args.Length % 2 != 0)
{
    Console.Error.WriteLine("Riad.Profile PROFILE ENUMERATIONS [ASSEMBLIES LIST]...");
    return 64;
}
var writer = new ProfileWriter();
var enumerations = Enumerations.Read(args[1]);
var (read, missed) = (0, 0);
foreach (var pair in args.Skip(2).Chunk(2))
{
    var types = TypeIndex.Read(pair[0]);
    foreach (var line in File.ReadLines(pair[1]))
    {
        read++;
        if (!RunMethod.TryParse(line, out var method) || !enumerations.Expand(method).Aggregate(false, (isFound, each) => writer.TryAdd(types, each) || isFound))
            missed++;
    }
}
File.WriteAllBytes(args[0], writer.Write());
Console.WriteLine($"{args[0]}: {writer.Count} methods; {missed} of {read} lines name none");
return 0;
