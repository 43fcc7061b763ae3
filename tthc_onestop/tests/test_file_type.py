import io
import unicodedata
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged
from odoo.tools import mimetypes

from ..rules.file_type import LONGEST, TYPES, clean_name, types_in


def zipped(**files):
    """A packed file, as office programs write them: names with / are spelt with __."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/"), text)
    return packed.getvalue()


def office(folder):
    named = {f"{folder}__document.xml": "<x/>"}
    return zipped(**{"[Content_Types].xml": "<Types/>", "_rels__.rels": "<x/>"}, **named)


# the beginning of a file of each type that is told by its content
SAMPLES = {
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00",
    "png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06",
    "docx": office("word"),
    "xlsx": office("xl"),
    "odt": zipped(mimetype=TYPES["odt"]),
    "ods": zipped(mimetype=TYPES["ods"]),
}


@tagged("post_install", "-at_install")
class TestFileType(BaseCase):
    def test_told_by_content(self):
        """By the library, and by what Odoo has when the library is missing."""
        self.assertEqual(set(SAMPLES), set(TYPES))
        for guess in (mimetypes.guess_mimetype, mimetypes._odoo_guess_mimetype):
            for name, content in SAMPLES.items():
                with self.subTest(name, guess=guess.__name__):
                    self.assertEqual(guess(content), TYPES[name])

    def test_types_of_a_setting(self):
        for text, types in [
            ("pdf, jpeg", ["pdf", "jpeg"]),
            ("PDF;png  pdf", ["pdf", "png"]),
            ("", []),
            (" , ", []),
        ]:
            self.assertEqual(types_in(text), types, text)
        for text in ("pdf, svg", "html", ".pdf"):
            with self.assertRaises(ValueError):
                types_in(text)

    def test_names(self):
        for name, clean in [
            ("quét.pdf", "quét.pdf"),
            ("../../etc/passwd", "passwd"),
            ("..\\..\\quét.pdf", "quét.pdf"),
            ("C:\\Users\\a.pdf", "a.pdf"),
            ("giấy 😀.pdf", "giấy 😀.pdf"),
            ("gia đình 👨‍👩‍👧.pdf", "gia đình 👨‍👩‍👧.pdf"),
            ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
            ("anh\u202efdp.exe", "anhfdp.exe"),
            ("a\x00.pdf", "a.pdf"),
            ("..", "tep"),
            ("", "tep"),
            ("a/", "tep"),
            ("e\u0302.pdf", "ê.pdf"),
            ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
            ("x." + "y" * 300, ("x." + "y" * 300)[:200]),
        ]:
            with self.subTest(name):
                self.assertEqual(clean_name(name), clean)

    @given(st.text())
    def test_any_name(self, name):
        clean = clean_name(name)
        self.assertTrue(0 < len(clean) <= LONGEST)
        self.assertFalse({"/", "\\", "\x00", "\n", "\r", "\u202e"} & set(clean))
        self.assertNotIn(clean, (".", ".."))
        self.assertFalse(clean.startswith("."))
        self.assertEqual(clean_name(clean), clean)
        self.assertTrue(unicodedata.is_normalized("NFC", clean))
        clean.encode()
