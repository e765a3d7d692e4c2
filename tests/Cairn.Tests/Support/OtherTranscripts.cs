using System.Security.Cryptography;
using System.Text;

namespace Cairn.Tests.Support;

/// <summary>Transcripts of other agents, in the shapes of the versions that they name.</summary>
internal static class OtherTranscripts
{
    /// <summary>Codex 0.169: a prompt, a command that fails, a patch, closing words.</summary>
    public static string Codex(string cwd) => """
        {"timestamp":"2026-03-02T10:00:00.000Z","ordinal":0,"type":"session_meta","payload":{"session_id":"cx-1","id":"cx-1","timestamp":"2026-03-02T10:00:00.000Z","cwd":"CWD","cli_version":"0.169.0","source":"exec"}}
        {"timestamp":"2026-03-02T10:00:00.100Z","ordinal":1,"type":"event_msg","payload":{"type":"task_started","turn_id":"t-1"}}
        {"timestamp":"2026-03-02T10:00:00.200Z","ordinal":2,"type":"response_item","payload":{"type":"message","role":"user","id":"m-0","content":[{"type":"input_text","text":"<environment_context>\n  <cwd>CWD</cwd>\n</environment_context>"}],"internal_chat_message_metadata_passthrough":{"turn_id":"t-1","content_item_kinds":["environments.environment_context"]}}}
        {"timestamp":"2026-03-02T10:00:00.300Z","ordinal":3,"type":"turn_context","payload":{"turn_id":"t-1","cwd":"CWD","model":"gpt-test"}}
        {"timestamp":"2026-03-02T10:00:00.400Z","ordinal":4,"type":"response_item","payload":{"type":"message","role":"user","id":"m-1","content":[{"type":"input_text","text":"Please mend the add function"}],"internal_chat_message_metadata_passthrough":{"turn_id":"t-1","content_item_kinds":["user.text"]}}}
        {"timestamp":"2026-03-02T10:00:01.000Z","ordinal":5,"type":"response_item","payload":{"type":"message","role":"assistant","id":"m-2","content":[{"type":"output_text","text":"I will run the tests."}]}}
        {"timestamp":"2026-03-02T10:00:02.000Z","ordinal":6,"type":"response_item","payload":{"type":"function_call","name":"exec_command","arguments":"{\"cmd\":\"node --test\"}","call_id":"c-1"}}
        {"timestamp":"2026-03-02T10:00:03.000Z","ordinal":7,"type":"response_item","payload":{"type":"function_call_output","call_id":"c-1","output":"Chunk ID: 1\nWall time: 0.1 seconds\nProcess exited with code 1\nOutput:\nnot ok 1 - add\n"}}
        {"timestamp":"2026-03-02T10:00:04.000Z","ordinal":8,"type":"response_item","payload":{"type":"custom_tool_call","name":"apply_patch","input":"*** Begin Patch\n*** Update File: calc.js\n@@\n-  return a - b;\n+  return a + b;\n*** End Patch\n","call_id":"c-2"}}
        {"timestamp":"2026-03-02T10:00:05.000Z","ordinal":9,"type":"response_item","payload":{"type":"custom_tool_call_output","call_id":"c-2","output":"Exit code: 0\nOutput:\nSuccess. Updated the following files:\nM calc.js\n"}}
        {"timestamp":"2026-03-02T10:00:06.000Z","ordinal":10,"type":"brand_new_line","payload":{}}
        {"timestamp":"2026-03-02T10:00:07.000Z","ordinal":11,"type":"response_item","payload":{"type":"message","role":"assistant","id":"m-3","content":[{"type":"output_text","text":"Fixed the sign in add() in calc.js; the test passes."}]}}
        {"timestamp":"2026-03-02T10:00:08.000Z","ordinal":12,"type":"event_msg","payload":{"type":"task_complete","turn_id":"t-1"}}

        """.Replace("CWD", cwd, StringComparison.Ordinal);

    /// <summary>Gemini CLI 0.61: messages that are told again when their calls are known, and what hooks put into them.</summary>
    public static string GeminiLines(string cwd) => """
        {"sessionId":"gm-1","projectHash":"0","startTime":"2026-03-03T10:00:00.000Z","lastUpdated":"2026-03-03T10:00:00.000Z","kind":"main"}
        {"$set":{"messages":[{"id":"g-0","timestamp":"2026-03-03T10:00:00.000Z","type":"user","content":[{"text":"<session_context>\nThis is the Gemini CLI.\n- **Workspace Directories:**\n  - CWD\n</session_context>"}]}]}}
        {"id":"g-1","timestamp":"2026-03-03T10:00:01.000Z","type":"user","content":[{"text":"<hook_context>What another hook put there</hook_context>\n\nPlease mend the add function"}]}
        {"id":"g-2","timestamp":"2026-03-03T10:00:02.000Z","type":"gemini","content":"I will edit it.","thoughts":[],"model":"gemini-test"}
        {"$set":{"lastUpdated":"2026-03-03T10:00:02.000Z"}}
        {"id":"g-2","timestamp":"2026-03-03T10:00:02.000Z","type":"gemini","content":"I will edit it.","thoughts":[],"model":"gemini-test","toolCalls":[{"id":"replace-1","name":"replace","args":{"file_path":"CWD/calc.js","old_string":"a - b","new_string":"a + b"},"result":[{"functionResponse":{"id":"replace-1","name":"replace","response":{"output":"Successfully modified file"}}}],"status":"success","timestamp":"2026-03-03T10:00:03.000Z"}]}
        {"id":"g-3","timestamp":"2026-03-03T10:00:03.500Z","type":"user","content":[{"functionResponse":{"id":"replace-1","name":"replace","response":{"output":"Successfully modified file"}}}]}
        {"id":"g-4","timestamp":"2026-03-03T10:00:04.000Z","type":"gemini","content":"Fixed the sign in add().","thoughts":[],"model":"gemini-test"}

        """.Replace("CWD", cwd, StringComparison.Ordinal);

    /// <summary>Gemini CLI of January 2026: one object.</summary>
    public static string GeminiObject(string cwd) => """
        {
          "sessionId": "gm-0",
          "projectHash": "HASH",
          "startTime": "2026-01-10T02:08:26.108Z",
          "lastUpdated": "2026-01-10T02:09:27.575Z",
          "messages": [
            { "id": "a-1", "timestamp": "2026-01-10T02:08:26.108Z", "type": "user", "content": "add \"a\\b\", ] and } to test.txt" },
            { "id": "a-2", "timestamp": "2026-01-10T02:08:35.661Z", "type": "gemini", "content": "Reading it.", "thoughts": [], "model": "gemini-2.5-flash",
              "toolCalls": [ { "id": "read_file-1", "name": "read_file", "args": { "file_path": "test.txt" }, "result": [ { "functionResponse": { "response": { "output": "hello" } } } ], "status": "success", "timestamp": "2026-01-10T02:08:36.000Z" } ] },
            { "id": "a-3", "timestamp": "2026-01-10T02:09:18.017Z", "type": "gemini", "content": "Added.", "thoughts": [], "model": "gemini-2.5-flash" }
          ]
        }
        """.Replace("HASH", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(cwd))), StringComparison.Ordinal);
}
