using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Cairn.Core.Configuration;
using Cairn.Core.Hosting;
using Cairn.Daemon.Hosting;
using Cairn.Engine;
using Cairn.Engine.Curate;

namespace Cairn.Daemon.Viewer;

/// <summary>A plain page that says what Cairn knows. It loads nothing and runs nothing.</summary>
internal static class StatusPage
{
    private const int Recent = 20;
    private const string Style = """
        :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
        body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
        h1 { font-size: 1.4rem; } h2 { font-size: 1.05rem; margin-top: 2rem; }
        table { border-collapse: collapse; width: 100%; } td, th { text-align: left; padding: .3rem .8rem .3rem 0; vertical-align: top; }
        tr + tr td { border-top: 1px solid color-mix(in srgb, currentColor 18%, transparent); }
        .quiet { opacity: .7; } .problem { color: #c0392b; }
        """;

    public static void MapStatusPage(this IEndpointRouteBuilder routes) => routes.MapGet("/", WriteAsync);

    private static async Task WriteAsync(HttpContext context, CairnEngine engine, Health health, LiveSettings settings)
    {
        if (!settings.For(HookHandler.NoEnvironment).Get(Settings.Viewer))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsync("The viewer is switched off (viewer.enabled).", context.RequestAborted);
            return;
        }

        var page = new StringBuilder();
        var condition = health.Read();
        page.Append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Cairn</title><style>")
            .Append(Style).Append("</style><h1>Cairn</h1><p class=\"quiet\">Version ").Append(Text(ProductVersion.Current)).Append(" · ")
            .Append(Text(condition.Status)).Append("</p>");
        foreach (var problem in condition.Problems)
        {
            page.Append("<p class=\"problem\">").Append(Text(problem)).Append("</p>");
        }

        if (engine.StoreProblem is null)
        {
            await AppendStoredAsync(page, engine, context.RequestAborted);
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(page.ToString(), context.RequestAborted);
    }

    private static async Task AppendStoredAsync(StringBuilder page, CairnEngine engine, CancellationToken ct)
    {
        var stats = await engine.Stats.RunAsync(ct);
        page.Append(CultureInfo.InvariantCulture, $"<p>{stats.Memories} memories of {stats.Projects} projects, from {stats.Events} events of {stats.Sessions} sessions.</p>");
        page.Append("<h2>Latest memories</h2><table><tr><th>#<th>When (UTC)<th>Kind<th>Project<th>Title</tr>");
        foreach (var memory in (await engine.Memories.ListAsync(new MemoryFilter(), 0, Recent, ct)).Items)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{memory.Id}<td class=\"quiet\">{memory.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm}<td>")
                .Append(Text(memory.Content.Kind)).Append("<td>").Append(Text(memory.Project)).Append("<td>").Append(Text(memory.Content.Title)).Append("</tr>");
        }

        page.Append("</table><p class=\"quiet\">Search with <code>cairn search</code>, see one with <code>cairn show</code>.</p>");
    }

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
