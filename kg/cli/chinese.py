"""What others say, in Chinese: the parts of kg below the command line, which speak English, and
the libraries under them (the reader of options, JSON, the system, engines of Cypher).

Each line is a message and its Chinese; `{}` stands for what differs from case to case and is put
into the Chinese in the same order, or as `{0}`, `{1}` in another. What has no line here is told
as it is.
"""

from __future__ import annotations

import re
from functools import cache

from kg.cli.chinese_schemas import IN_FILE, SCHEMAS
from kg.cli.chinese_services import SERVICES

_USAGE = {
    "No such option: {} (Possible options: {})": "没有选项 {}（是否想用 {}）",
    "No such option: {}": "没有选项 {}",
    "No such command {}. Did you mean {}?": "没有命令 {}；是否想用 {}？",
    "No such command {}.": "没有命令 {}。",
    "Missing command.": "请写出命令。",
    "Missing argument {}. Choose from:{}": "缺少参数 {}，可选的有:{}",
    "Missing argument {}.": "缺少参数 {}。",
    "Missing option {} (env var: {}).": "缺少选项 {}（也可设环境变量 {}）。",
    "Missing option {}.": "缺少选项 {}。",
    "Option {} requires an argument.": "选项 {} 后面要有一个值。",
    "Option {} requires {} arguments.": "选项 {} 后面要有 {} 个值。",
    "Option {} does not take a value.": "选项 {} 后面不能有值。",
    "Got unexpected extra argument ({})": "多出的参数: {}",
    "Got unexpected extra arguments ({})": "多出的参数: {}",
    "Got unexpected extra argument(s) ({})": "多出的参数: {}",
    "Invalid value for {}: {}": "{} 的值无效: {}",
    "Invalid value: {}": "值无效: {}",
    "Value error, {} is not one of {}.": "{} 不在可选的值之中: {}。",
    "{} is not one of {}.": "{} 不在可选的值之中: {}。",
    "Input should be a valid integer{}": "应为整数",
    "Input should be a valid number{}": "应为数字",
    "Input should be greater than or equal to {}": "不能小于 {}",
    "{} is not a valid integer.": "{} 不是整数。",
    "{} is not a valid int.": "{} 不是整数。",
    "{} is not a valid float.": "{} 不是数字。",
    "{} is not in the range x>={}.": "{} 不在范围之内：不能小于 {}。",
    "Show this message and exit.": "显示本说明",
    "Install completion for the current shell.": "为当前的 shell 安装自动补全",
    "Show completion for the current shell, to copy it or customize the installation.": (
        "显示当前 shell 的自动补全脚本，供复制或修改"
    ),
}
_SYSTEM = {
    "[Errno {}] {}: {}": "{2}: {1}",
    "[Errno {}] {}": "{1}",
    "No such file or directory": "没有这个文件或目录",
    "Permission denied": "没有权限",
    "Operation not permitted": "不允许这样操作",
    "Is a directory": "这是目录",
    "Not a directory": "这不是目录",
    "File exists": "已经存在",
    "File name too long": "文件名太长",
    "File too large": "文件太大",
    "No space left on device": "磁盘已满",
    "Disk quota exceeded": "超出磁盘限额",
    "Read-only file system": "文件系统只读",
    "Input/output error": "读写出错",
    "Too many open files": "打开的文件太多",
    "Connection refused": "连接被拒绝",
    "{}: line {} column {} (char {})": "{}（第 {} 行第 {} 列）",
    "Expecting value": "此处应有一个值",
    "Expecting property name enclosed in double quotes": "此处应为双引号括起的键名",
    "Expecting ',' delimiter": "此处缺少逗号",
    "Expecting ':' delimiter": "此处缺少冒号",
    "Illegal trailing comma before end of {}": "结尾前多了逗号",
    "Unterminated string starting at": "字符串没有结束，起于",
    "Invalid control character at": "控制字符无效，位于",
    "Invalid \\escape": "转义无效",
    "Extra data": "后面还有多余的内容",
}
_READING = {
    "no such file; check the path": "没有这个文件，请检查路径",
    "a link that leads out of the folder; name it, or what it leads to": (
        "链接指到目录之外；请直接给出这个链接或它所指的文件或目录"
    ),
    "a record that kg built; give the folder of the articles": (
        "这是 kg 建的记录；请给出文章所在的目录"
    ),
    "{}; check permissions": "{}；请检查权限",
    "{}; check that the file can be opened": "{}；请检查文件能否打开",
    "{}; check the file": "{}；请检查文件",
    "{}; this is a bug of kg, please report it": "{}；这是 kg 的缺陷，请报告",
    ".{} files cannot be read; save as text, Markdown or HTML": (
        "不能读取 .{} 文件；请另存为文本、Markdown 或 HTML"
    ),
    "line {}: {}": "第 {} 行: {}",
    "not extracted: {}": "没有抽取: {}",
    "the process that extracted it died; is it very large?": "抽取它的进程中断了；是否太大？",
    "not extracted ({}); please report this article": "没有抽取（{}）；请报告这篇文章",
    "the file is empty; remove it or fill it": "文件是空的，请删去或写入内容",
    "not a regular file; give a file or a folder": "不是普通文件；请给出文件或目录",
    "JSON that is not JSON Lines; write one object a line (jq -c '{}')": (
        "是 JSON 而不是 JSON Lines；请每行写一个对象（jq -c '{}'）"
    ),
    "not valid JSON ({}); one object a line is expected": "不是有效的 JSON（{}）；应每行一个对象",
    'not a JSON object; {"id": ..., "text": ...} is expected': (
        '不是 JSON 对象；应为 {{"id": ..., "text": ...}}'
    ),
    'no text; a member "text" or "html" is expected': '没有正文；应有 "text" 或 "html"',
    "no text left after cleaning; give the article itself, not a menu or picture": (
        "清理之后没有正文；请给出文章本身，而不是菜单或图片"
    ),
    "encoding not recognised; convert the file to UTF-8": "认不出编码；请转换为 UTF-8",
    "binary data, not text; save it as text, Markdown or HTML": (
        "是二进制数据，不是文本；请另存为文本、Markdown 或 HTML"
    ),
    "more than {} characters in one article; split it": "一篇文章超过 {} 字；请拆开",
    "more than {} in one line; split the article": "一行超过 {}；请把文章拆开",
    "more than {} in one article; split it, or use JSON Lines": (
        "一篇文章超过 {}；请拆开，或改用 JSON Lines"
    ),
    "damaged gzip data ({}); compress the file again": "gzip 数据损坏（{}）；请重新压缩",
}
_RECORD = {
    "{}: changed while it was read. Run the command again.": "{}: 读取时有变动；请再运行一次",
    "{}: no record here. Make one: kg build ARTICLES -r {}": (
        "{}: 这里没有记录；先建一个: kg build 文章目录 -r {}"
    ),
    "{}: manifest.json is missing. Put it back from a copy of the record, or delete everything but "
    "decisions.jsonl and build again.": (
        "{}: 缺少 manifest.json；请从副本恢复，或删去除 decisions.jsonl 外的一切并重新构建"
    ),
    "{}: is no record, and not empty. Name another folder.": (
        "{}: 不是记录，也不是空目录；请换一个目录"
    ),
    "{}: a record of format {}; this kg writes format {}. "
    "Build it anew from the articles: kg build ARTICLES -r NEW": (
        "{}: 记录的格式是 {}，而这个 kg 写格式 {}；请从文章重新构建: kg build 文章目录 -r 新目录"
    ),
    "{}: a build was interrupted here. Finish it first: kg build.": (
        "{}: 这里的构建中断过；请先用 kg build 完成"
    ),
    "{}: the graph is not finished. Run kg build again.": "{}: 图谱没有建完；请再运行 kg build",
    "{}: {} of {} documents are missing: files were emptied, cut or deleted. Put them back from a "
    "copy of the record, or delete everything but decisions.jsonl and build again.": (
        "{0}: {2} 篇文章缺了 {1} 篇：有文件被清空、截断或删除；请从副本恢复，"
        "或删去除 decisions.jsonl 外的一切并重新构建"
    ),
    "{}. Correct this decision, or take its line out: the others count.": (
        "{}；请改正这条决定或删去这一行，其余的照样有效"
    ),
    "{}: no document {}.": "{}: 没有文章 {}",
    "{}: not JSON ({}). The record is damaged: delete everything but decisions.jsonl in it and "
    "build again.": (
        "{}: 不是 JSON（{}），记录已损坏；请删去其中除 decisions.jsonl 外的一切并重新构建"
    ),
    "{}: not the place of this document. The record is damaged: delete everything but "
    "decisions.jsonl in it and build again.": (
        "{}: 这篇文章不该在这里，记录已损坏；请删去其中除 decisions.jsonl 外的一切并重新构建"
    ),
    "{}: {}. The record is damaged: delete everything but decisions.jsonl in it and build again.": (
        "{}: {}，记录已损坏；请删去其中除 decisions.jsonl 外的一切并重新构建"
    ),
    "no manifest": "没有清单",
    "no extraction": "没有抽取结果",
    "{}: another kg is writing into it. Wait for it, or stop it.": (
        "{}: 另一个 kg 正在往里写；请等它结束，或将它停下"
    ),
    "{}: another kg is writing to this record. Wait for it, or stop it.": (
        "{}: 另一个 kg 正在写这个记录；请等它结束，或停止它"
    ),
    "{}: no space left ({}). What is recorded is kept: free some space and run the same command "
    "again, it goes on where it stopped.": (
        "{}: 空间不足（{}）。已记录的内容都在；腾出空间后再运行同一命令，会接着做"
    ),
    "{}: cannot be written ({}). Check the folder and its rights.": (
        "{}: 不能写入（{}）；请检查目录及其权限"
    ),
    "{}: no such document in {}. Give an id, path or URL.": (
        "{0}: {1} 中没有这篇文章；请给出 id、路径或网址"
    ),
    "{}: {} documents are meant: {}. Give a whole id.": "{}: 可能指 {} 篇文章: {}；请给出完整的 id",
}
_MAKING = {
    "{}: {}. Check the folder, its rights and space.": "{}: {}；请检查目录、权限和剩余空间",
    "{}: cannot be made. Check the folder, its rights and space.": (
        "{}: 建不了；请检查目录、权限和剩余空间"
    ),
    "{}: holds a {} that is not of the kit. Name another folder.": (
        "{}: 已有别的 {}；请换一个目录"
    ),
    "{}: holds a file {} that is not of kg. Name another folder.": (
        "{}: 已有不是 kg 写的文件 {}；请换一个目录"
    ),
    "{}: is no site of kg, and not empty. Name another folder.": (
        "{}: 不是 kg 的网站，也不是空目录；请换一个目录"
    ),
    "{}: is not of this kg. Delete the folder, or name another.": (
        "{}: 不是这个 kg 写的；请删去这个目录，或换一个"
    ),
    "{}: not a GraphML file that kg wrote ({}).": "{}: 不是 kg 写的 GraphML 文件（{}）",
    "{}: a line lacks what a graph needs ({}).": "{}: 有一行缺少图谱所需的内容（{}）",
    "{}:{}: no line of a graph ({}).": "{}:{}: 不是图谱的一行（{}）",
    "a property cannot be called {} in a file for neo4j-admin: letters, digits and _ only. "
    "Rename it in schemas/ and build again.": (
        "neo4j-admin 的文件里属性不能叫 {}，只能用字母、数字和 _；请在 schemas/ 里改名并重新构建"
    ),
    "{} cannot name a type in a database: letters, digits and _ only. "
    "Rename it in schemas/ and build again.": (
        "{} 不能作数据库里的类型名，只能用字母、数字和 _；请在 schemas/ 里改名并重新构建"
    ),
    "the type {} is taken: kg itself puts such things into a database. "
    "Rename it in schemas/ and build again.": (
        "类型 {} 已被 kg 自己占用；请在 schemas/ 里改名并重新构建"
    ),
    "no font with Chinese characters is installed: apt-get install fonts-noto-cjk, "
    "or write the picture as .svg": (
        "没有安装中文字体: apt-get install fonts-noto-cjk，或把图写成 .svg"
    ),
    "PNG needs resvg: pip install 'fraudchain-kg[png]' (SVG needs nothing)": (
        "PNG 需要 resvg: pip install 'fraudchain-kg[png]'（SVG 不需要）"
    ),
    "{} is no gold folder: it needs gold/ID.json and articles/ID.*": (
        "{} 不是标注目录：其中应有 gold/编号.json 和 articles/编号.*"
    ),
    "{}.json: no such annotation": "{}.json: 没有这篇标注",
    "{}: no article {}.*": "{}: 没有文章 {}.*",
    "{}: every annotation is left out; skip fewer of them": "{}: 标注全被排除；请少排除几篇",
    "{}: not JSON in UTF-8 ({}: line {} column {} (char {}))": (
        "{}: 不是 UTF-8 的 JSON（{}（第 {} 行第 {} 列））"
    ),
    "{}: not JSON in UTF-8 ({})": "{}: 不是 UTF-8 的 JSON（{}）",
    "no article in it": "里面没有文章",
    "{}.json: not an object with entities and relations": (
        "{}.json: 不是含 entities 和 relations 的对象"
    ),
    "{}.json: {} is missing, or no list": "{}.json: 缺少 {}，或者不是列表",
    "{}.json: {}: no object": "{}.json: {}: 不是对象",
    "{}.json: {}: {} is missing, or no text": "{}.json: {}: 缺少 {}，或者不是文本",
    "{}.json: {}: {} is no {}": "{}.json: {}: {} 应为{}",
    "list of texts": "文本的列表",
    "text, nor a list of quotes": "文本或引文的列表",
    "true or false": " true 或 false",
    "{}.json: entity {} is there twice": "{}.json: 实体 {} 出现两次",
    "{}.json: {}: {} {} is no id of an entity": "{}.json: {}: {} {} 不是实体的 id",
    "{}.json: {}: modality is none of {}": "{}.json: {}: modality 应为其中之一: {}",
}
_QUERYING = {
    "there is no question {}. {}": "没有问题 {}；{}",
    "{} has no parameter {}. {}": "{} 没有参数 {}；{}",
    "{} is a whole number, not {}.": "{} 应为整数，而不是 {}",
    "{} is a whole number from 0 to {}, not {}.": "{} 应为 0 到 {} 的整数，而不是 {}",
    "Did you mean {}?": "是否想用 {}？",
    "Known: {}.": "可用的有: {}",
    "List them: kg ask": "用 kg ask 列出",
    "{} is no amount of memory. Write 512m or 2g.": "{} 不是内存大小；请写 512m 或 2g",
    "the embedded engine is not installed: pip install {}": "没有安装内置引擎: pip install {}",
    "the embedded engine does not start with --heap {}: {}": "内置引擎用 --heap {} 启动不了: {}",
    "the embedded engine does not start: {}": "内置引擎启动不了: {}",
    "the index cannot be built: {}": "建不了索引: {}",
    "the query writes, and this is a session for reading. Allow it with --write.": (
        "这个查询要写入，而会话只读；用 --write 允许写入"
    ),
    "kg shows no plans. Leave {} out, or ask in Neo4j Browser": (
        "kg 不显示执行计划；请去掉 {}，或在 Neo4j Browser 里查询"
    ),
    "a parameter is missing. Give it: {}.": "缺少参数；请写 {}",
    "it needs more memory than the engine has. Narrow it, or give --heap 2g.": (
        "查询需要的内存超过引擎所有；请缩小查询，或用 --heap 2g"
    ),
    "{} (line {}, column {}).\n{}": "{}（第 {} 行第 {} 列）\n{}",
    "Query cannot be empty.": "查询不能为空",
    "mismatched input '<EOF>', expected: {}": "查询没有写完，此处应有: {}",
    "mismatched input {}, expected: {}": "此处不能是 {}，应为: {}",
    "extraneous input {}, expected: {}": "多出 {}，此处应为: {}",
    "missing {} at {}": "{1} 前缺少 {0}",
    "no viable alternative at input {}": "看不懂 {}",
    "token recognition error at: {}": "看不懂 {}",
    "Unexpected input {}": "此处不能是 {}",
    "Invalid input {}: expected {}": "此处不能是 {}，应为: {}",
    "Invalid input {}, expected {}": "此处不能是 {}，应为: {}",
    "an expression": "表达式",
    "UndefinedVariable: Variable {} not defined.": "没有定义变量 {}",
    "Variable {} not defined": "没有定义变量 {}",
    "UnknownFunction: Unknown function {}.": "没有函数 {}",
    "Unknown function {}": "没有函数 {}",
    "/ by zero.": "除数为零",
}
_FINDINGS = {
    "a mention or quote is not verbatim at its offsets": "提及或引文与其位置上的原文不符",
    "a relation has no evidence, or evidence in no known document": (
        "关系没有证据，或证据不在任何文章中"
    ),
    "an entity that nothing mentions, or that stands at no place": "没有提及的实体，或不在任何位置",
    "a relation whose subject or object is not in the graph": "关系的一端不在图谱中",
    "a type that the schema does not have, or ends it does not allow": (
        "本体没有的类型，或不允许的两端"
    ),
    "a personal identifier that is not masked": "没有遮盖的个人标识",
    "unlikely": "不太可能",
    "unlikely ({})": "不太可能（{}）",
    "another relation is likelier": "另一种关系更可能",
    "only introduces a name": "只是引出一个名称",
    "question or irony": "疑问或反语",
    "nearness alone": "只是相邻",
    "contrast": "对比",
    "left open": "未下定论",
    "another's doing": "是别人所为",
    "a victim": "是受害人",
    "nothing changes hands": "句中没有交付任何东西",
    "countered": "是在打击它",
    "evaded": "是在躲避它",
    "besides": "另有之物",
    "beside the law": "与法律并列",
    "another article's": "属于另一法条",
    "no court": "不是法院",
    "reports to it": "是向其报案",
    "forbids it": "是在禁止它",
    "made believe": "只是谎称",
    "another agency's act": "是另一机关所为",
    "a measure that is ended": "是解除措施",
    "another's kin": "是别人的亲友",
    "another's standing": "是别人的身份",
    "another is caught": "被抓获的是别人",
    "its verb has another doer": "动词另有施事",
    "a document": "只是文书名称",
    "deceived": "是受骗一方",
    "the other's, of two lists": "分别所指的是另一个",
    "an observer": "只是旁观者",
    "a charge of his own": "另有自己的罪名",
    "another's charge": "是别人的罪名",
    "no judgment is told": "没有讲到判决",
    "not the JSON asked for": "不是所要的 JSON",
}


def in_chinese(text: str) -> str:
    """The text in Chinese, as far as there are words for it."""
    for message, wording in _messages():
        if match := message.fullmatch(text):
            return wording.format(*(in_chinese(part) for part in match.groups("")))
    return text


@cache
def _messages() -> list[tuple[re.Pattern[str], str]]:
    """The fuller messages first: a short one may fit the text of a longer one, too. Before all
    that of a line of a file, whose parts have messages of their own."""
    told = _USAGE | _SYSTEM | _READING | _RECORD | _MAKING | _QUERYING | SERVICES | _FINDINGS
    told |= SCHEMAS
    return [
        (re.compile("(.+?)".join(map(re.escape, message.split("{}"))), re.DOTALL), told[message])
        for message in sorted(told, key=lambda one: (one != IN_FILE, -len(one.replace("{}", ""))))
    ]
