using System.Reflection;
using System.Reflection.Emit;

namespace Cairn.Tests.Architecture;

/// <summary>Reads the metadata tokens out of a method body, instruction by instruction: bytes that only look like a token do not count.</summary>
internal sealed class ILTokens
{
    private readonly Dictionary<short, OpCode> _opcodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(opcode => opcode.Value);

    public IEnumerable<int> Of(byte[] il)
    {
        for (var at = 0; at < il.Length;)
        {
            var opcode = il[at] == 0xFE ? _opcodes[(short)(0xFE00 | il[at + 1])] : _opcodes[il[at]];
            at += opcode.Size;
            if (opcode.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                yield return BitConverter.ToInt32(il, at);
            }

            at += SizeOf(opcode.OperandType, il, at);
        }
    }

    private static int SizeOf(OperandType operand, byte[] il, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
        _ => 4,
    };
}
