namespace Cairn.Tests.Redaction;

/// <summary>
/// Secrets of many kinds, each in the text that it is met in. Put together at run time, so that no scanner of
/// repositories takes the test for a leak.
/// </summary>
internal static class PlantedSecrets
{
    private const string Mixed = "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7dE9fG1hJ3";

    /// <summary>A name, the text with the secret, and the part that must be gone.</summary>
    public static TheoryData<string, string, string> All()
    {
        var rows = new TheoryData<string, string, string>();
        foreach (var (name, before, secret, after) in Tokens().Concat(Assignments()).Concat(InContext()))
        {
            rows.Add(name, before + secret + after, secret);
        }

        return rows;
    }

    private static IEnumerable<(string Name, string Before, string Secret, string After)> Tokens()
    {
        yield return ("AWS access key", "aws configure set id ", "AKI" + "AIOSFODNN7EXAMPLE", " ok");
        yield return ("AWS temporary key", "id ", "ASI" + "A4XYZQQ7PLMNB2CDE", ".");
        yield return ("GitHub personal token", "push with ", "gh" + "p_" + Mixed[..36], " now");
        yield return ("GitHub server token", "(", "gh" + "s_" + Mixed[..36], ")");
        yield return ("GitHub fine-grained token", "\"", "github" + "_pat_" + Mixed[..22] + "_" + Mixed[..30], "\"");
        yield return ("GitLab token", "use ", "gl" + "pat-" + Mixed[..20], "");
        yield return ("Slack bot token", "bot=", "xo" + "xb-1234567890-" + Mixed[..24], "\n");
        yield return ("Slack app token", "", "xa" + "pp-1-A012-" + Mixed[..24], "");
        yield return ("Slack webhook", "curl https://", "hooks.slack" + ".com/services/T0123/B0456/" + Mixed[..24], " -d x");
        yield return ("OpenAI key", "key ", "s" + "k-" + Mixed, "");
        yield return ("OpenAI project key", "key ", "s" + "k-proj-" + Mixed[..40], "");
        yield return ("Anthropic key", "key ", "s" + "k-ant-api03-" + Mixed[..40], "");
        yield return ("Google key", "?k=", "AI" + "za" + Mixed[..35], "&x=1");
        yield return ("Stripe live key", "", "sk" + "_live_" + Mixed[..24], "");
        yield return ("Stripe restricted key", "", "rk" + "_live_" + Mixed[..24], "");
        yield return ("npm token", "//registry.npmjs.org/:_authToken=", "np" + "m_" + Mixed[..36], "\n");
        yield return ("PyPI token", "twine upload -p ", "py" + "pi-AgEIcHlwaS5vcmc" + Mixed, "");
        yield return ("Hugging Face token", "", "h" + "f_" + Mixed[..34], "");
        yield return ("SendGrid key", "", "S" + "G." + Mixed[..22] + "." + Mixed[..43], "");
        yield return ("JSON web token", "cookie was ", "ey" + "JhbGciOiJIUzI1NiJ9.ey" + "JzdWIiOiIxMjM0NTY3ODkwIn0." + Mixed[..43], " then");
        yield return ("AWS secret key without a name", "then ", "wJ4lrXU7nFEMi/K7MD3NG/bPx9fiCY8Zk2q5Vt1E", " was in the log");
        yield return ("key of an unknown issuer", "use ", "acme_" + "R4nD0mK3yV4lu3Xy7Zq9Wp2Lm5Nt8Bs1", " for now");
        yield return ("private key block", "cat key\n", "-----BEGIN RSA PRIV" + "ATE KEY-----\nMIIEpAIBAAKCAQEA7\n" + Mixed + "\n-----END RSA PRIV" + "ATE KEY-----", "\ndone");
        yield return ("private key block cut off", "", "-----BEGIN PRIV" + "ATE KEY-----\nMIIEpAIBAAKCAQEA7\n" + Mixed, "");
        yield return ("private key in JSON", "{\"k\":\"", "-----BEGIN PRIV" + "ATE KEY-----\\nMIIEpAIBAAKC\\n-----END PRIV" + "ATE KEY-----\\n"[..^2], "\"}");
    }

    private static IEnumerable<(string Name, string Before, string Secret, string After)> Assignments()
    {
        yield return ("environment file", "DB_PASSWORD=", "hunter2", "\nDB_HOST=localhost");
        yield return ("environment file, letters alone", "DB_PASSWORD=", "correcthorse", "\n");
        yield return ("exported", "export API_KEY=", "f00ba4f00ba4", " && run");
        yield return ("shell command", "MYSQL_ROOT_PASSWORD='", "s3cr3t!x", "' docker run mysql");
        yield return ("JSON", "{\"api_key\": \"", "abcdef", "\"}");
        yield return ("JSON camel case", "{\"clientSecret\":\"", "q8w7e6r5", "\"}");
        yield return ("JSON within JSON", "{\\\"password\\\":\\\"", "hunter two 2", "\\\",\\\"x\\\":1}");
        yield return ("JSON cut off", "{\"password\": \"", "hunte", "");
        yield return ("C# constant", "const string DbPassword = \"", "Tr0ub4dor", "\";");
        yield return ("Python keyword argument", "connect(user=\"u\", password=\"", "abc$def", "\")");
        yield return ("Python annotated", "secret_key: str = '", "django-insecure-x1", "'");
        yield return ("dictionary entry", "config['password'] = '", "pa55", "'");
        yield return ("YAML", "database:\n  password: ", "hunter2x", "\n  port: 5432");
        yield return ("properties file", "spring.datasource.password=", "hunter2x", "\n");
        yield return ("Ruby hash", "{ \"password\" => \"", "hunter", "\" }");
        yield return ("Go", "apiKey := \"", "k-123-456", "\"");
        yield return ("XML", "<password>", "hunter", "</password>");
        yield return ("kebab case", "access-key: ", "a1b2c3d4e5f6", "\n");
        yield return ("weak name, strong value", "token: \"", "a1b2c3d4e5f6a7b8", "\"");
        yield return ("numbered name", "PASSWORD_2=", "xyzzyx", "\n");
        yield return ("Chinese neighbours", "密码password=\"", "猫Katze9", "\"。");
    }

    private static IEnumerable<(string Name, string Before, string Secret, string After)> InContext()
    {
        yield return ("flag", "mysql --password ", "hunter2", " -u root");
        yield return ("flag with sign", "cli --token=", "abcdefgh", " run");
        yield return ("flag of PowerShell", "Connect -Password ", "hunter2!", " -User me");
        yield return ("bearer header", "curl -H \"Authorization: Bearer ", "abcdef0123456789", "\" https://x.test");
        yield return ("basic header", "Authorization: Basic ", "dXNlcjpwYXNzd29yZDE=", "\r\nHost: x");
        yield return ("bearer alone", "sent 'bearer ", "a1b2c3d4e5f6a7b8c9d0", "'");
        yield return ("API key header", "X-Api-Key: ", "0123abcd4567", "\n");
        yield return ("URL", "git clone https://", "joe:s3cret", "@example.test/x.git");
        yield return ("URL of a database", "DATABASE_URL=postgres://", "app:pa/ss".Replace("/", "", StringComparison.Ordinal), "@db:5432/app");
        yield return ("URL without a user", "redis://", ":hunter2", "@cache:6379");
        yield return ("URL with an at sign in it", "amqp://", "u:p@ss", "@mq/");
        yield return ("connection string", "Server=db;User Id=sa;Password=", "My Pass!", ";Encrypt=true");
        yield return ("short connection string", "Data Source=x;uid=a;Pwd=", "abc", ";");
        yield return ("storage connection string", "AccountName=x;AccountKey=", "abc/def+ghi==", ";EndpointSuffix=y");
        yield return ("query", "GET /cb?code=1&access_token=", "abcdefgh", "&state=2");
        yield return ("signed URL", "https://x.blob.test/a?sv=1&sig=", "abcdefgh%2Bijklmnop%3D", "&se=2");
        yield return ("SQL", "CREATE USER app WITH PASSWORD '", "hunter", "';");
        yield return (".netrc", "machine example.test login joe password ", "hunter", "\n");
        yield return ("template literal", "const apiKey = `", "abc-123", "`;");
    }
}
