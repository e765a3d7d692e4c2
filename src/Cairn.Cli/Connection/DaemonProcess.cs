using System.ComponentModel;
using System.Diagnostics;
using Cairn.Core.Hosting;

namespace Cairn.Cli.Connection;

/// <summary>The process of a daemon that announced itself: its number and the moment it started, which no other process shares.</summary>
internal sealed class DaemonProcess(DaemonInfo info)
{
    // The system derives the moment from its clock, which may have been set a little in between.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <summary>Its number.</summary>
    public int Pid => info.Pid;

    /// <summary>True while that very process runs.</summary>
    public bool IsRunning
    {
        get
        {
            using var process = Find();
            return process is not null;
        }
    }

    /// <summary>Ends it without asking.</summary>
    /// <returns>False when it is not that process any more, or belongs to someone else.</returns>
    public bool Kill()
    {
        using var process = Find();
        try
        {
            process?.Kill();
            return process is not null;
        }
        catch (Exception problem) when (problem is InvalidOperationException or Win32Exception)
        {
            return false;
        }
    }

    private Process? Find()
    {
        Process? process = null;
        try
        {
            process = Process.GetProcessById(info.Pid);
            var startedAt = new DateTimeOffset(process.StartTime.ToUniversalTime());
            if ((startedAt - DateTimeOffset.FromUnixTimeMilliseconds(info.ProcessStartedAtMs)).Duration() < Tolerance && !IsZombie())
            {
                return process;
            }
        }
        catch (Exception problem) when (problem is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has ended.
        }

        process?.Dispose();
        return null;
    }

    // Where nobody collects orphans (many containers), an ended process keeps its number.
    private bool IsZombie()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            var stat = File.ReadAllText($"/proc/{info.Pid}/stat");
            return stat.AsSpan(stat.LastIndexOf(')') + 1).TrimStart() is ['Z' or 'X', ..];
        }
        catch (IOException)
        {
            return true;
        }
    }
}
