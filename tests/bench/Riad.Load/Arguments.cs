using System.Globalization;

namespace Riad.Load;

/// <summary>The options of one run.</summary>
internal sealed record Arguments
{
    public int Port { get; private init; }

    public string Queries { get; private init; } = "";

    public int Sockets { get; private init; } = 4;

    public int Window { get; private init; } = 64;

    public TimeSpan Duration { get; private init; } = TimeSpan.FromSeconds(5);

    public TimeSpan Warm { get; private init; } = TimeSpan.FromSeconds(1);

    public double Rate { get; private init; }

    public IReadOnlyList<int> Processes { get; private init; } = [];

    public static Arguments Parse(string[] words)
    {
        if (words.Length % 2 != 0)
            throw new FormatException($"{words[^1]} has no value");
        var arguments = words.Chunk(2).Aggregate(new Arguments(), (before, pair) => before.With(pair[0], pair[1]));
        return arguments is { Port: > 0, Queries: not "" } ? arguments : throw new FormatException("--port and --queries are needed");
    }

    private Arguments With(string option, string value) => option switch
    {
        "--port" => this with { Port = Int(value) },
        "--queries" => this with { Queries = value },
        "--sockets" => this with { Sockets = Math.Clamp(Int(value), 1, 64) },
        "--window" => this with { Window = Math.Clamp(Int(value), 1, 1024) },
        "--seconds" => this with { Duration = Seconds(value) },
        "--warm" => this with { Warm = Seconds(value) },
        "--rate" => this with { Rate = Int(value) },
        "--process" => this with { Processes = [.. Processes, Int(value)] },
        _ => throw new FormatException($"{option} is not an option"),
    };

    private static int Int(string value) => int.Parse(value, CultureInfo.InvariantCulture);

    private static TimeSpan Seconds(string value) => TimeSpan.FromSeconds(Math.Clamp(double.Parse(value, CultureInfo.InvariantCulture), 0, 600));
}
