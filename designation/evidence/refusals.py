"""Why a file is not taken: each sentence names the reason and what to do about it."""

from django.utils.translation import gettext as _

from designation.site.refusal import Refusal


class EvidenceRefused(Refusal):
    """A file that cannot be taken, kept or cited: told at its field, where others are not."""


def empty() -> EvidenceRefused:
    return EvidenceRefused.because("empty", _("文件是空的，请重新选择。"))


def not_allowed(name: str) -> EvidenceRefused:
    return EvidenceRefused.because(
        "not_allowed",
        _(
            "“%(name)s”的内容不是允许的类型。"
            "请上传 PDF、JPG、PNG、HEIC、Word（docx）或 Excel（xlsx）文件。"
        )
        % {"name": name},
    )


def unreadable(name: str) -> EvidenceRefused:
    """The name promises an allowed kind, the content is none that we know."""
    return EvidenceRefused.because(
        "unreadable",
        _(
            "“%(name)s”的内容与后缀名不符：文件可能没有传完、已经损坏，或者被本单位的加密软件加了密。"
            "请在电脑上确认能打开，解密并另存后再传。"
        )
        % {"name": name},
    )


def damaged(name: str) -> EvidenceRefused:
    return EvidenceRefused.because(
        "damaged",
        _("“%(name)s”不完整或已损坏，无法打开。请在电脑上打开原文件，另存后再传。")
        % {"name": name},
    )


def locked(name: str) -> EvidenceRefused:
    return EvidenceRefused.because(
        "locked", _("“%(name)s”加了密码，别人打不开。请取消打开密码，另存后再传。") % {"name": name}
    )


def too_large_unpacked(name: str) -> EvidenceRefused:
    return EvidenceRefused.because(
        "too_large_unpacked",
        _("“%(name)s”展开后过大，未予打开。请把需要的内容复制到新文件，另存后再传。")
        % {"name": name},
    )


def too_intricate(name: str) -> EvidenceRefused:
    return EvidenceRefused.because(
        "too_intricate",
        _("“%(name)s”里的对象过多，未予打开。请把它重新打印为 PDF，或者把各页拍成照片后再传。")
        % {"name": name},
    )


def two_in_one(name: str) -> EvidenceRefused:
    return EvidenceRefused.because(
        "two_in_one",
        _("“%(name)s”里夹带了另一种文件。请用办公软件打开，另存为 PDF 或 docx 后再传。")
        % {"name": name},
    )


def macros(name: str) -> EvidenceRefused:
    return EvidenceRefused.because(
        "macros",
        _("“%(name)s”含有宏（能自动运行的程序）。请另存为不含宏的 docx 或 xlsx 后再传。")
        % {"name": name},
    )


def embedded(name: str) -> EvidenceRefused:
    return EvidenceRefused.because(
        "embedded",
        _(
            "“%(name)s”里嵌有其他程序的对象或控件。"
            "请把它们改成图片或删去，另存为 docx 或 xlsx 后再传，也可以导出为 PDF 再传。"
        )
        % {"name": name},
    )


def remote_template(name: str) -> EvidenceRefused:
    return EvidenceRefused.because(
        "remote_template",
        _("“%(name)s”打开时要到网上取模板。请把内容复制到新文件，另存为 docx 后再传。")
        % {"name": name},
    )


def too_many_pixels(name: str, *, limit: int) -> EvidenceRefused:
    """``limit`` in millions of pixels."""
    return EvidenceRefused.because(
        "too_many_pixels",
        _("“%(name)s”的像素过多，超过 %(limit)s 百万像素。请把图片缩小，或者截图后再传。")
        % {"name": name, "limit": limit},
    )


def no_room() -> EvidenceRefused:
    return EvidenceRefused.because(
        "no_room",
        _("服务器的存储空间不足或暂时写不进去，文件没有保存。请稍后再传，并告知系统管理员。"),
    )


def save_as_docx(name: str) -> EvidenceRefused:
    return EvidenceRefused.because(
        "save_as_docx",
        _(
            "“%(name)s”的内容不是允许的类型，是旧格式的文字文档（doc、wps、rtf 等）。"
            "请另存为 docx 后再传。"
        )
        % {"name": name},
    )


def save_as_xlsx(name: str) -> EvidenceRefused:
    return EvidenceRefused.because(
        "save_as_xlsx",
        _(
            "“%(name)s”的内容不是允许的类型，是旧格式的表格（xls、et、xlsb 等）。"
            "请另存为 xlsx 后再传。"
        )
        % {"name": name},
    )


def save_as_pdf(name: str) -> EvidenceRefused:
    return EvidenceRefused.because(
        "save_as_pdf",
        _(
            "“%(name)s”的内容不是允许的类型，是演示文稿、版式文件或其他文档。"
            "请另存（导出）为 PDF 后再传。"
        )
        % {"name": name},
    )


def template(name: str) -> EvidenceRefused:
    return EvidenceRefused.because(
        "template",
        _("“%(name)s”的内容不是允许的类型，是模板。请另存为 docx 或 xlsx 后再传。")
        % {"name": name},
    )


def vector_picture(name: str) -> EvidenceRefused:
    return EvidenceRefused.because(
        "vector_picture",
        _(
            "“%(name)s”的内容不是允许的类型，是 SVG 矢量图，里面可以藏程序。"
            "请另存为 PNG 或 PDF 后再传。"
        )
        % {"name": name},
    )


def web_page(name: str) -> EvidenceRefused:
    return EvidenceRefused.because(
        "web_page",
        _(
            "“%(name)s”的内容不是允许的类型，其实是网页。请在浏览器中打印为 PDF 后再传；"
            "是从系统导出的表格的，用表格软件打开，另存为 xlsx 后再传。"
        )
        % {"name": name},
    )


def other_picture(name: str) -> EvidenceRefused:
    return EvidenceRefused.because(
        "other_picture",
        _(
            "“%(name)s”的内容不是允许的类型，是其他格式的图片。"
            "请另存为 JPG 或 PNG 后再传，也可以截图后再传。"
        )
        % {"name": name},
    )


def scan(name: str) -> EvidenceRefused:
    """A TIFF: of several pages a JPG would keep the first alone."""
    return EvidenceRefused.because(
        "scan",
        _(
            "“%(name)s”的内容不是允许的类型，是 TIFF 扫描件。"
            "请另存（打印）为一个 PDF 后再传，多页的才不会漏页。"
        )
        % {"name": name},
    )


def recording(name: str) -> EvidenceRefused:
    return EvidenceRefused.because(
        "recording",
        _("“%(name)s”的内容不是允许的类型，是视频或录音。请截取画面，或者写成文字说明后再传。")
        % {"name": name},
    )


def archive(name: str) -> EvidenceRefused:
    return EvidenceRefused.because(
        "archive",
        _("“%(name)s”的内容不是允许的类型，是压缩包。请解压后逐个上传里面的文件。")
        % {"name": name},
    )


def program(name: str) -> EvidenceRefused:
    return EvidenceRefused.because(
        "program",
        _("“%(name)s”的内容不是允许的类型，是程序。请上传 PDF、图片、docx 或 xlsx。")
        % {"name": name},
    )


def plain_text(name: str) -> EvidenceRefused:
    return EvidenceRefused.because(
        "plain_text",
        _(
            "“%(name)s”的内容不是允许的类型，是纯文本。"
            "请把内容粘贴到文字处理软件，另存为 docx 或 PDF 后再传。"
        )
        % {"name": name},
    )


def lost(title: str) -> EvidenceRefused:
    return EvidenceRefused.because(
        "lost",
        _(
            "材料“%(title)s”在服务器上缺失或不完整，暂时打不开。请告知系统管理员；"
            "申报单位重新上传同一个文件，就能恢复。"
        )
        % {"title": title},
    )
