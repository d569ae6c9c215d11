using System.Globalization;

namespace Riad.Host.Init;

/// <summary>What the first process says: a line each on the console, which is all there is to read it on.</summary>
/// <param name="console">Gets every line. In a machine a <see cref="PatientConsole"/>: whoever says something is never kept waiting.</param>
/// <param name="others">Get what they can take.</param>
internal sealed class MachineLog(TextWriter console, params TextWriter[] others)
{
    private readonly Lock writing = new();

    /// <summary>Says something of our own; text from outside is made safe.</summary>
    public void Say(FormattableString sentence) => Write($"machine {Environment.TickCount64 / 1000.0:0.000}: {OneLine.Escape(sentence.ToString(CultureInfo.InvariantCulture))}\n");

    /// <summary>Hands on a line of the service.</summary>
    public void Pass(string line) => Write(line + "\n");

    /// <summary>Lets the console finish, but does not wait for ever.</summary>
    public void Close() => console.Dispose();

    private void Write(FormattableString text) => Write(text.ToString(CultureInfo.InvariantCulture));

    private void Write(string text)
    {
        lock (writing)
        {
            console.Write(text);
            console.Flush();
            foreach (var other in others)
                Offer(other, text);
        }
    }

    private static void Offer(TextWriter console, string text)
    {
        try
        {
            console.Write(text);
            console.Flush();
        }
        catch (IOException)
        {
            // Stopped, or no longer there. The next line tries again.
        }
    }
}
