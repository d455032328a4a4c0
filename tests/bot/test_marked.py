"""An answer's own tags are kept, everything else in it is text."""

import pytest

from bot.marked import marked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Нажмите <b>«Ещё»</b>", "Нажмите <b>«Ещё»</b>"),
        ("<b>а <i>б</i></b> <code>в</code>", "<b>а <i>б</i></b> <code>в</code>"),
        ("отметка < 3 & > 1", "отметка &lt; 3 &amp; &gt; 1"),
        ("<b>не закрыт", "&lt;b&gt;не закрыт"),
        ("<b>накрест <i>а</b></i>", "&lt;b&gt;накрест &lt;i&gt;а&lt;/b&gt;&lt;/i&gt;"),
        ("<script>1</script>", "&lt;script&gt;1&lt;/script&gt;"),
        ('<a href="x">y</a>', "&lt;a href=&#34;x&#34;&gt;y&lt;/a&gt;"),
    ],
)
def test_only_three_tags_pass_and_only_when_they_nest(text: str, shown: str) -> None:
    assert str(marked(text)) == shown
