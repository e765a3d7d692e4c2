using System.Security.Cryptography;
using System.Text;
using Cairn.Core.Files;
using Cairn.Core.Wire;
using Cairn.Daemon.Hosting;

namespace Cairn.Daemon.Http;

/// <summary>
/// Lets in only who belongs on this machine: a request over the socket, or one over loopback that names a loopback host
/// (else a foreign page could reach us through a name that it controls) and comes from no foreign page and no other user. A browser that
/// wants to change something must show the token.
/// </summary>
internal sealed class LocalGuard(RequestDelegate next, ListeningPoint endpoint, AccessToken token)
{
    public Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers[Routes.VersionHeader] = Core.Hosting.ProductVersion.Current;
        return Refusal(context) is { } reason
            ? Errors.WriteAsync(context, StatusCodes.Status403Forbidden, "forbidden", reason)
            : next(context);
    }

    private string? Refusal(HttpContext context)
    {
        var request = context.Request;
        if (context.Connection.RemoteIpAddress is null && context.Connection.LocalPort == 0)
        {
            // The socket lies in a directory that no other user can enter, and no browser can reach it.
            return null;
        }

        if (TcpPeer.IsAnotherUsers(context))
        {
            return "Another user's programs are not served.";
        }

        if (request.Host.Host is not ("127.0.0.1" or "localhost" or "[::1]"))
        {
            return "This host name is not served; use 127.0.0.1 or localhost.";
        }

        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && !IsOwn(origin))
        {
            return "This origin is not allowed.";
        }

        var fromBrowser = origin.Length > 0 || request.Headers.ContainsKey("Sec-Fetch-Site");
        var changes = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
        if (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site" && (changes || request.Headers["Sec-Fetch-Mode"] != "navigate"))
        {
            return "Requests of other sites are not allowed.";
        }

        return fromBrowser && changes && !token.IsShownBy(request) ? "A browser must show the access token to change something." : null;
    }

    private bool IsOwn(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.Scheme == "http" && uri.Host is "127.0.0.1" or "localhost" && (uri.Port == endpoint.Port || uri.Port == endpoint.SecondPort);
}

/// <summary>The token of this installation, 0600 in the data directory.</summary>
internal sealed class AccessToken(Core.Hosting.CairnPaths paths)
{
    private readonly byte[] _value = ReadOrMake(paths.TokenFile);

    /// <summary>True when the request carries it as a bearer token.</summary>
    public bool IsShownBy(HttpRequest request) =>
        request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var shown]
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(shown), _value);

    private static byte[] ReadOrMake(string file)
    {
        if (!File.Exists(file))
        {
            SafeFile.WriteAtomically(
                file, Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(64, lowercase: true)), SafeFile.OwnerOnlyFile);
        }

        return File.ReadAllBytes(file).AsSpan().Trim("\r\n "u8).ToArray();
    }
}
