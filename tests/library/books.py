"""Books for tests, made from plain text."""

from hashlib import sha256

from library.language.text import count_words, split_paragraphs
from library.models import Book, Chapter
from readerai.accounts.models import School


def make_book(
    *chapters: str,
    slug: str = "a-book",
    title: str = "A Book",
    level: int | None = 2,
    school: School | None = None,
) -> Book:
    """A book with one chapter per text (blank lines part paragraphs)."""
    texts = chapters or ("One two three. Four five.\n\nSix seven.", "Eight. Nine ten!")
    split = [split_paragraphs(text) for text in texts]
    book = Book.objects.create(
        slug=slug,
        title=title,
        author="An Author",
        level=level,
        word_count=sum(map(count_words, split)),
        school=school,
        content_hash=sha256(repr((slug, texts)).encode()).hexdigest(),
    )
    first = 0
    for index, paragraphs in enumerate(split):
        words = count_words(paragraphs)
        Chapter.objects.create(
            book=book,
            index=index,
            title=f"Chapter {index + 1}",
            first_word_index=first,
            word_count=words,
            paragraphs=paragraphs,
        )
        first += words
    return book
