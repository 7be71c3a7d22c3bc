# Exact 64-bit arithmetic for C; arith.py is the same for the plain engine.
# The caller asks `..._overflows` first, then computes.
cdef extern from *:
    """
    #ifndef CONCLANG_ARITH
    #define CONCLANG_ARITH
    #include <limits.h>
    #if defined(__GNUC__) || defined(__clang__)
    static inline int conclang_add_overflows(long long a, long long b)
    { long long r; return __builtin_add_overflow(a, b, &r); }
    static inline int conclang_sub_overflows(long long a, long long b)
    { long long r; return __builtin_sub_overflow(a, b, &r); }
    static inline int conclang_mul_overflows(long long a, long long b)
    { long long r; return __builtin_mul_overflow(a, b, &r); }
    #else
    static inline int conclang_add_overflows(long long a, long long b)
    { return b > 0 ? a > LLONG_MAX - b : a < LLONG_MIN - b; }
    static inline int conclang_sub_overflows(long long a, long long b)
    { return b < 0 ? a > LLONG_MAX + b : a < LLONG_MIN + b; }
    static inline int conclang_mul_overflows(long long a, long long b)
    {
        if (a == 0 || b == 0) return 0;
        if (a == -1) return b == LLONG_MIN;
        if (b == -1) return a == LLONG_MIN;
        if (a > 0) return b > 0 ? a > LLONG_MAX / b : b < LLONG_MIN / a;
        return b > 0 ? a < LLONG_MIN / b : b < LLONG_MAX / a;
    }
    #endif
    static inline int conclang_is_least(long long a) { return a == LLONG_MIN; }
    static inline long long conclang_floor_div(long long a, long long b)
    { long long q = a / b; return (a % b != 0 && (a < 0) != (b < 0)) ? q - 1 : q; }
    static inline long long conclang_floor_mod(long long a, long long b)
    { long long r; if (b == -1) return 0; r = a % b; return (r != 0 && (r < 0) != (b < 0)) ? r + b : r; }
    #endif
    """
    bint add_overflows "conclang_add_overflows" (long long a, long long b) noexcept nogil
    bint sub_overflows "conclang_sub_overflows" (long long a, long long b) noexcept nogil
    bint mul_overflows "conclang_mul_overflows" (long long a, long long b) noexcept nogil
    bint is_least "conclang_is_least" (long long a) noexcept nogil
    long long floor_div "conclang_floor_div" (long long a, long long b) noexcept nogil
    long long floor_mod "conclang_floor_mod" (long long a, long long b) noexcept nogil
