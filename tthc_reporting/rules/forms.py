"""All the official forms, by their code: a new one is declared and entered here."""

from .forms_electronic import II_08
from .forms_feedback import II_05A
from .forms_procedure import II_03B, II_04B, II_07B
from .matrix import Form, Heading
from .settlement import II_06A

UNVERIFIED = "Các cột theo trí nhớ: chưa tìm được mẫu chính thức."

OVERDUE_CAUSES = Form(
    code="II.06g",
    title="NGUYÊN NHÂN QUÁ HẠN ĐỐI VỚI CÁC TRƯỜNG HỢP TỒN ĐỌNG TRONG GIẢI QUYẾT TTHC",
    unit="Số hồ sơ TTHC",
    columns=tuple(str(number) for number in range(1, 9)),
    headings=(
        Heading("TT", 0, 0, rows=2),
        Heading("Lĩnh vực giải quyết", 0, 1, rows=2),
        Heading("Số lượng hồ sơ quá hạn", 0, 2, rows=2),
        Heading("Nguyên nhân quá hạn", 0, 3, columns=5),
        Heading("Do quy định hành chính", 1, 3),
        Heading("Do biên chế, năng lực", 1, 4),
        Heading("Do cơ sở vật chất, kỹ thuật", 1, 5),
        Heading("Nguyên nhân khác", 1, 6),
        Heading("Chưa xác định", 1, 7),
    ),
    source="overdue_causes",
    sums={"3": ("4", "5", "6", "7", "8")},
    provisional=UNVERIFIED,
)

FORMS: dict[str, Form] = {
    form.code: form for form in (II_06A, OVERDUE_CAUSES, II_07B, II_08, II_03B, II_04B, II_05A)
}
