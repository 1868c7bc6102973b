"""The blocks that articles and standard pages are built from."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.embeds.blocks import EmbedBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

RICH_TEXT = [
    "bold",
    "italic",
    "strikethrough",
    "superscript",
    "subscript",
    "link",
    "document-link",
    "ol",
    "ul",
    "blockquote",
    "hr",
    "code",
    "h3",
    "h4",
]
CODE_LANGUAGES = [
    ("text", _("plain text")),
    ("bash", "Shell"),
    ("css", "CSS"),
    ("html", "HTML"),
    ("ini", "INI"),
    ("javascript", "JavaScript"),
    ("json", "JSON"),
    ("python", "Python"),
    ("sql", "SQL"),
    ("yaml", "YAML"),
]


class Parts(blocks.StructBlock):
    """Parts of an article. What was chosen from a list ("Subheading", "Python") is no word that a reader reads."""

    def get_searchable_content(self, value):
        """The words of all parts but choices: for the reading time and the search."""
        found = []
        for name, part in self.child_blocks.items():
            if not isinstance(part, blocks.ChoiceBlock):
                found.extend(part.get_searchable_content(value.get(name, part.get_default())))
        return found


class HeadingBlock(Parts):
    """A heading inside the text; the title is level 1."""

    text = blocks.CharBlock(label=_("Heading"), max_length=200)
    level = blocks.ChoiceBlock(
        label=_("Level"), choices=[("h2", _("Heading")), ("h3", _("Subheading"))], default="h2"
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blog/blocks/heading.html"


class PictureBlock(Parts):
    """A picture with description and credit; nobody publishes a picture without saying who made it."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("Description"),
        max_length=255,
        required=False,
        help_text=_("For people who do not see the picture."),
    )
    decorative = blocks.BooleanBlock(label=_("Only decoration, needs no description"), required=False)
    caption = blocks.CharBlock(label=_("Caption"), max_length=500, required=False)
    credit = blocks.CharBlock(label=_("Credit"), max_length=255, help_text=_("Who made the picture."))

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "blog/blocks/image.html"

    def clean(self, value):
        """Description or "decoration": one of them. Drafts may lack it."""
        value = super().clean(value)
        if not getattr(self, "is_deferred_validation", False) and not (
            value.get("alt") or value.get("decorative")
        ):
            raise blocks.StructBlockValidationError(
                block_errors={"alt": ValidationError(_("Describe the picture, or mark it as decoration."))}
            )
        return value


class GalleryBlock(Parts):
    """Several pictures side by side."""

    pictures = blocks.ListBlock(PictureBlock(), label=_("Pictures"), min_num=2, max_num=30)
    caption = blocks.CharBlock(label=_("Caption"), max_length=500, required=False)

    class Meta:
        icon = "image"
        label = _("Gallery")
        template = "blog/blocks/gallery.html"


class QuoteBlock(Parts):
    """A sentence set large."""

    text = blocks.TextBlock(label=_("Quote"), max_length=600)
    attribution = blocks.CharBlock(label=_("Who said it"), max_length=200, required=False)

    class Meta:
        icon = "openquote"
        label = _("Pull quote")
        template = "blog/blocks/quote.html"


class CalloutBlock(Parts):
    """A boxed remark."""

    tone = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("note", _("Note")), ("good", _("Good news")), ("warn", _("Warning"))],
        default="note",
    )
    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=["bold", "italic", "link", "ul", "ol"])

    class Meta:
        icon = "info-circle"
        label = _("Call-out")
        template = "blog/blocks/callout.html"


class VideoBlock(Parts):
    """An uploaded video with captions."""

    video = SnippetChooserBlock("people.Video", label=_("Video"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=500, required=False)
    credit = blocks.CharBlock(label=_("Credit"), max_length=255, required=False)

    class Meta:
        icon = "media"
        label = _("Uploaded video")
        template = "blog/blocks/video.html"


class CodeBlock(Parts):
    """Source code, kept as typed."""

    language = blocks.ChoiceBlock(label=_("Language"), choices=CODE_LANGUAGES, default="text")
    code = blocks.TextBlock(label=_("Code"), max_length=20_000)

    class Meta:
        icon = "code"
        label = _("Code")
        template = "blog/blocks/code.html"


class QuestionBlock(Parts):
    """Asks the readers something; links to the comment field."""

    text = blocks.CharBlock(label=_("Question"), max_length=300)

    class Meta:
        icon = "help"
        label = _("Question to readers")
        template = "blog/blocks/question.html"


class ImportedHtmlBlock(blocks.RawHTMLBlock):
    """Sanitised HTML that an import could not map. Not offered in the editor's picker for new blocks."""

    class Meta:
        icon = "code"
        label = _("Imported HTML")
        template = "blog/blocks/html.html"


class StandardBlocks(blocks.StreamBlock):
    """What a standard page may contain."""

    text = blocks.RichTextBlock(
        label=_("Text"), features=RICH_TEXT, icon="pilcrow", template="blog/blocks/text.html"
    )
    heading = HeadingBlock()
    image = PictureBlock()
    callout = CalloutBlock()
    table = TableBlock(label=_("Table"), icon="table", template="blog/blocks/table.html")
    document = DocumentChooserBlock(
        label=_("Document"), icon="doc-full", template="blog/blocks/document.html"
    )


class ArticleBlocks(StandardBlocks):
    """What an article may contain."""

    gallery = GalleryBlock()
    quote = QuoteBlock()
    embed = EmbedBlock(
        label=_("Embedded video"), icon="media", template="blog/blocks/embed.html", max_width=1200
    )
    video = VideoBlock()
    code = CodeBlock()
    question = QuestionBlock()
    html = ImportedHtmlBlock()
