using System.CommandLine;
using Cairn.Core.Configuration;
using Cairn.Core.Jsonc;
using Cairn.Core.Text;

namespace Cairn.Cli.Commands;

/// <summary><c>cairn config</c></summary>
internal static class ConfigCommand
{
    private static readonly Argument<string> Key = new("key") { Description = "A setting's key; its environment variable and older systems' names work too." };

    private static readonly Argument<string> Value = new("value") { Description = "The new value." };

    private static readonly Option<bool> Origin = new("--origin") { Description = "Also show where each value comes from." };

    public static CairnCommand Create() => new CairnCommand(
        "config",
        "Look at the settings and change them. A change applies to the next event or prompt.",
        "cairn config list", "cairn config set recall.prompt_limit 5", "cairn config unset recall.prompt_limit")
    {
        List(), Get(), Set(), Unset(), FilePath(),
    };

    private static CairnCommand List() => new CairnCommand(
        "list",
        "List every setting with its value.",
        "cairn config list", "cairn config list --origin", "cairn config list --json")
    {
        Origin,
    }.Does(List);

    private static CairnCommand Get() => new CairnCommand(
        "get",
        "Print the value of one setting.",
        "cairn config get recall.prompt_limit")
    {
        Key,
    }.Does(Get);

    private static CairnCommand Set() => new CairnCommand(
        "set",
        "Change one setting in the settings file; comments and everything else in it stay.",
        "cairn config set recall.start_token_budget 400", "cairn config set capture.excluded_projects \"~/private/**,secrets\"")
    {
        Key, Value,
    }.Does((context, parsed) => Change(context, parsed, editor => SetValue(context, parsed, editor)));

    private static CairnCommand Unset() => new CairnCommand(
        "unset",
        "Take one setting out of the settings file: its default holds again.",
        "cairn config unset recall.start_token_budget")
    {
        Key,
    }.Does((context, parsed) => Change(context, parsed, editor => Unset(context, parsed, editor)));

    private static CairnCommand FilePath() => new CairnCommand(
        "path",
        "Print where the settings file is. It is JSON with comments; you may edit it yourself.",
        "cairn config path")
        .Does((context, _) =>
        {
            context.Output.Line(context.Home.Paths.SettingsFile);
            return ExitCode.Ok;
        });

    private static int List(CommandContext context, ParseResult parsed)
    {
        var reader = Reader(context, out var file);
        var values = Settings.All.Select(setting => ConfigValue.Of(setting, reader.Locate(setting))).ToList();
        if (context.Output.IsJson)
        {
            context.Output.Json(values, ConfigJson.Default.IReadOnlyListConfigValue);
        }
        else
        {
            var origin = parsed.GetValue(Origin);
            var table = origin ? new TextTable(context.Output, "setting", "value", "from", "what for") : new TextTable(context.Output, "setting", "value", "what for");
            foreach (var value in values)
            {
                var shown = value.Value.Length == 0 ? "(none)" : value.Value;
                var from = value.Origin == "default" ? "default" : $"{value.Origin} ({value.Name})";
                table.Add(origin ? [value.Key, shown, from, value.Help] : [value.Key, shown, value.Help]);
            }

            table.Write();
        }

        foreach (var problem in file.Problems)
        {
            context.Output.Note($"! {problem}");
        }

        return ExitCode.Ok;
    }

    private static int Get(CommandContext context, ParseResult parsed)
    {
        if (Find(context, parsed) is not { } setting)
        {
            return ExitCode.Usage;
        }

        var value = ConfigValue.Of(setting, Reader(context, out _).Locate(setting));
        if (context.Output.IsJson)
        {
            context.Output.Json(value, ConfigJson.Default.ConfigValue);
        }
        else
        {
            context.Output.Line(value.Value);
        }

        return ExitCode.Ok;
    }

    private static int Change(CommandContext context, ParseResult parsed, Func<SettingsEditor, int> change)
    {
        var path = context.Home.Paths.SettingsFile;
        try
        {
            return Find(context, parsed) is null ? ExitCode.Usage : change(SettingsEditor.Open(path));
        }
        catch (JsoncException problem)
        {
            context.Output.Error(
                $"{path} is not valid: {problem.Problem} (line {problem.Line}, column {problem.Column}). Nothing was changed.", "Repair it in an editor first.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            context.Output.Error($"{path} cannot be changed: {problem.Message}", "Nothing was changed.");
        }

        return ExitCode.Failed;
    }

    private static int SetValue(CommandContext context, ParseResult parsed, SettingsEditor editor)
    {
        var setting = Settings.Find(parsed.GetValue(Key)!)!;
        var text = parsed.GetValue(Value)!;
        if (setting.Problem(text) is { } problem)
        {
            context.Output.Error(problem, "Nothing was changed.");
            return ExitCode.Usage;
        }

        Core.Hosting.CairnHome.Create(context.Home.Paths);
        editor.Set(setting, text);
        editor.Save();
        return Report(context, setting, "is now");
    }

    private static int Unset(CommandContext context, ParseResult parsed, SettingsEditor editor)
    {
        var setting = Settings.Find(parsed.GetValue(Key)!)!;
        if (editor.Unset(setting))
        {
            editor.Save();
        }

        return Report(context, setting, "is");
    }

    private static int Report(CommandContext context, Setting setting, string @is)
    {
        var located = Reader(context, out _).Locate(setting);
        if (context.Output.IsJson)
        {
            context.Output.Json(ConfigValue.Of(setting, located), ConfigJson.Default.ConfigValue);
            return ExitCode.Ok;
        }

        var from = located.Source == "environment" ? $", from the variable {located.Name}, which outranks the file" : located.Source == "default" ? ", the default" : "";
        context.Output.Line($"{setting.Key} {@is} {(located.Text.Length == 0 ? "(none)" : located.Text)}{from}.");
        if (setting.NeedsRestart)
        {
            context.Output.Line("It applies after 'cairn restart'.");
        }

        return ExitCode.Ok;
    }

    private static Setting? Find(CommandContext context, ParseResult parsed)
    {
        var key = parsed.GetValue(Key)!;
        if (Settings.Find(key) is { } setting)
        {
            return setting;
        }

        var near = NearestNames.Of(key, Settings.All.SelectMany(known => known.Names));
        context.Output.Error(
            $"'{key}' is no setting.",
            (near.Count > 0 ? $"Did you mean {string.Join(" or ", near)}?\n" : "") + "'cairn config list' shows them all.");
        return null;
    }

    private static SettingsReader Reader(CommandContext context, out SettingsFile file)
    {
        file = SettingsFile.Read(context.Home.Paths.SettingsFile);
        return new SettingsReader(file, context.Environment);
    }
}
