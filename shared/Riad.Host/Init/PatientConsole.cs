using System.Globalization;
using System.Text;

namespace Riad.Host.Init;

/// <summary>A console that nobody waits for: what it does not take is left out, and counted.</summary>
/// <remarks>A person who stops it with Ctrl-S, or a serial line without a reader, must not stop the machine.</remarks>
internal sealed class PatientConsole : TextWriter
{
    private const int UsualRoom = 256 * 1024;
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    private readonly TextWriter console;
    private readonly int room;
    private readonly object queue = new();
    private readonly Queue<string> texts = new();
    private int waiting;
    private long leftOut;

    /// <summary>Writes on a thread of its own.</summary>
    /// <param name="console">May block for as long as it likes.</param>
    /// <param name="room">How many characters wait at most.</param>
    public PatientConsole(TextWriter console, int room = UsualRoom)
    {
        (this.console, this.room) = (console, room);
        new Thread(WriteAll, maxStackSize: 128 * 1024) { IsBackground = true, Name = "console" }.Start();
    }

    public override Encoding Encoding => console.Encoding;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return;
        lock (queue)
        {
            if (waiting + value.Length > room)
            {
                leftOut++;
                return;
            }
            TellLeftOut();
            Add(value);
        }
    }

    /// <summary>Waits until everything is written.</summary>
    /// <returns>False when that takes longer than it may.</returns>
    public bool Drain(TimeSpan patience)
    {
        var until = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        lock (queue)
        {
            while (waiting > 0 && until - Environment.TickCount64 is > 0 and var left)
                Monitor.Wait(queue, TimeSpan.FromMilliseconds(left));
            return waiting == 0;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Drain(LastWords);
        base.Dispose(disposing);
    }

    private void Add(string text)
    {
        texts.Enqueue(text);
        waiting += text.Length;
        Monitor.PulseAll(queue);
    }

    private void TellLeftOut()
    {
        if (leftOut == 0)
            return;
        var count = leftOut;
        leftOut = 0;
        Add(string.Create(CultureInfo.InvariantCulture, $"machine: {count} lines were left out, since the console did not take them\n"));
    }

    private void WriteAll()
    {
        while (true)
        {
            string text;
            lock (queue)
            {
                while (texts.Count == 0)
                    Monitor.Wait(queue);
                text = texts.Dequeue();
            }
            Offer(text);
            lock (queue)
            {
                waiting -= text.Length;
                if (waiting == 0)
                    TellLeftOut();
                Monitor.PulseAll(queue);
            }
        }
    }

    private void Offer(string text)
    {
        try
        {
            console.Write(text);
            console.Flush();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // A console that has gone. The next line tries again.
        }
    }
}
