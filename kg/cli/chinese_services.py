"""What Neo4j servers and language models, and kg about them, say, in Chinese: see
`kg.cli.chinese`."""

from __future__ import annotations

SERVICES = {
    "the driver of Neo4j is not installed: pip install {}": "没有安装 Neo4j 的驱动: pip install {}",
    "{} is no address of a Neo4j server. It looks like {} or, encrypted, {}": (
        "{} 不是 Neo4j 服务器的地址；地址形如 {}，加密的形如 {}"
    ),
    "no user or password in the address, where others can read it: "
    "set NEO4J_USERNAME and NEO4J_PASSWORD, or wait to be asked.": (
        "地址里不要写用户名和密码，别人会看到；请设 NEO4J_USERNAME 和 NEO4J_PASSWORD，或等候询问"
    ),
    "{}: the server does not let us in ({}). Set NEO4J_USERNAME and NEO4J_PASSWORD.": (
        "{}: 服务器拒绝登录（{}）；请设 NEO4J_USERNAME 和 NEO4J_PASSWORD"
    ),
    "{}: there is no database {}. Neo4j Community has one, named neo4j.": (
        "{}: 没有数据库 {}；Neo4j 社区版只有一个，名为 neo4j"
    ),
    "{}: a rule of the database forbids a row ({}). It holds other data under our ids or labels: "
    "name an empty database.": (
        "{}: 数据库的约束不许写入（{}）：库里的其他数据占用了同样的 id 或标签；请用空的数据库"
    ),
    "{}: no Neo4j answers ({}). Does the server run, is the port that of Bolt (7687), and {}?": (
        "{}: 没有 Neo4j 应答（{}）。服务器在运行吗？端口是 Bolt 的（7687）吗？{}？"
    ),
    "does it want an encrypted connection (neo4j+s://)": "是否要加密连接（neo4j+s://）",
    "does it offer an encrypted connection (a server as installed does not: neo4j://), with a "
    "certificate of its own (neo4j+ssc://)": (
        "它提供加密连接吗（刚装好的服务器没有: neo4j://）？证书是自签的吗（neo4j+ssc://）"
    ),
    "{}: this is {}, and kg needs Neo4j 5 or newer.": "{}: 这是 {}；kg 需要 Neo4j 5 或更新的版本",
    "the user or the password holds a character that cannot be sent.": (
        "用户名或密码里有无法发送的字符"
    ),
    "{}: the server is too busy ({}). Run the command again.": "{}: 服务器太忙（{}）；请再运行一次",
    "Unable to retrieve routing information": "取不到路由信息",
    "Couldn't connect to {} (resolved to {}):": "连接不上 {}",
    "Cannot resolve address {}": "找不到地址 {}",
    "Failed to DNS resolve address {}: {}": "找不到地址 {}: {}",
    "Name or service not known": "没有这个主机名",
    "the database holds data of another program (a node {}). Name an empty database, or load "
    "beside that data with --force: it stays as it is.": (
        "库里有其他程序的数据（节点 {}）；请用空的数据库，或用 --force 与之并存（那些数据不变）"
    ),
    "another load put another graph into this database meanwhile, and this one stopped. Run the "
    "same command again if yours is the one that should be there.": (
        "同时有另一次写入把别的图谱放进了这个库，本次已停止；如果应以本次为准，请再运行一次"
    ),
    "{} edges found no node to stand on: something else deletes from this database. Stop it and "
    "run the same command again.": (
        "{} 条边找不到节点：有别的程序在删这个库里的数据；请先停止它，再运行一次"
    ),
    "{}: its personal identifiers were kept, and no model may read them. Build it with "
    "--pii mask, or without --llm.": (
        "{}: 保留了个人标识，模型不得读取；请用 --pii mask 构建，或不用 --llm"
    ),
    "{}: cannot be written ({}). Name another folder: --llm-cache DIR": (
        "{}: 不能写入（{}）；请用 --llm-cache 换一个目录"
    ),
    "{} is no address of a model service. It looks like {} (Ollama) or {}": (
        "{} 不是模型服务的地址；地址形如 {}（Ollama）或 {}"
    ),
    "no key in the address, where others can read it: set KG_LLM_KEY.": (
        "地址里不要写密钥，别人会看到；请设 KG_LLM_KEY"
    ),
    "the key of the model service holds a character that no key has.": (
        "模型服务的密钥里有密钥不会有的字符"
    ),
    "httpx is not installed: pip install {}": "没有安装 httpx: pip install {}",
    "{}: {}; asked {} times. Run the command again later: what was answered is kept.": (
        "{}: {}；问了 {} 次。请过后再运行：已有的回答都在"
    ),
    "{}: nothing answers there ({}). Does the service run, and is the address right? "
    "Ollama's is {}": "{}: 没有应答（{}）。服务在运行吗？地址对吗？Ollama 的地址是 {}",
    "{}: nothing can be sent there ({}). Is the address right, and are the proxy (ALL_PROXY, "
    "HTTP_PROXY, HTTPS_PROXY) and the certificates (SSL_CERT_FILE) of the environment? A service "
    "on this machine needs neither: unset them.": (
        "{}: 发不过去（{}）。地址对吗？环境变量里的代理（ALL_PROXY、HTTP_PROXY、HTTPS_PROXY）和"
        "证书（SSL_CERT_FILE）对吗？本机的服务都不需要，可以取消"
    ),
    "{} does not take this text: {}": "{} 不接受这段文字: {}",
    "{} says nothing about this text ({})": "{} 对这段文字没有回答（{}）",
    "{}: no entry ({}). Set KG_LLM_KEY.": "{}: 拒绝访问（{}）；请设 KG_LLM_KEY",
    "{}: {}. Does the address end before /chat/completions (as in {}), and is there a model {}?": (
        "{}: {}。地址是否止于 /chat/completions 之前（如 {}）？有没有模型 {}？"
    ),
    "{}: answers, but not as OpenAI's chat protocol has it. Is it the address of a "
    "model service?": ("{}: 有应答，但不合 OpenAI 的聊天协议；这是模型服务的地址吗？"),
}
